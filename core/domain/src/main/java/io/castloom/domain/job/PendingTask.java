package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits, as the backlog knows it.
 *
 * @param enqueuedAt to the millisecond
 * @param estimate to the second, rounded up
 * @param held true while it has no message yet, because its account's window is full
 * @param haste why it goes before others of its account; null when nothing says so
 */
public record PendingTask(
    TaskId task,
    WorkClass workClass,
    AccountId account,
    Instant enqueuedAt,
    Duration estimate,
    boolean held,
    @Nullable Haste haste) {

  public PendingTask {
    Objects.requireNonNull(task);
    Objects.requireNonNull(workClass);
    Objects.requireNonNull(account);
    enqueuedAt = Instant.ofEpochMilli(enqueuedAt.toEpochMilli());
    estimate = Duration.ofSeconds(estimate.plusNanos(999_999_999).toSeconds());
  }

  /** Until when its job is wanted; null when it is not said. */
  public @Nullable Instant deadline() {
    return haste == null ? null : haste.deadline();
  }

  /** Whether earlier tasks of its job are done. */
  public boolean begun() {
    return haste != null && haste.begun();
  }

  /** The entry that the task has in another class. */
  public PendingTask withClass(WorkClass other) {
    return new PendingTask(task, other, account, enqueuedAt, estimate, held, haste);
  }

  /** The same entry, held or released. */
  public PendingTask withHeld(boolean nowHeld) {
    return new PendingTask(task, workClass, account, enqueuedAt, estimate, nowHeld, haste);
  }
}
