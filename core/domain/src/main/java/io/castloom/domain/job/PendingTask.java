package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A task that waits, as the backlog knows it.
 *
 * @param enqueuedAt to the millisecond
 * @param estimate to the second, rounded up
 * @param held true while it has no message yet, because its account's window is full
 */
public record PendingTask(
    TaskId task,
    WorkClass workClass,
    AccountId account,
    Instant enqueuedAt,
    Duration estimate,
    boolean held) {

  public PendingTask {
    Objects.requireNonNull(task);
    Objects.requireNonNull(workClass);
    Objects.requireNonNull(account);
    enqueuedAt = Instant.ofEpochMilli(enqueuedAt.toEpochMilli());
    estimate = Duration.ofSeconds(estimate.plusNanos(999_999_999).toSeconds());
  }

  /** The same entry, held or released. */
  public PendingTask withHeld(boolean nowHeld) {
    return new PendingTask(task, workClass, account, enqueuedAt, estimate, nowHeld);
  }
}
