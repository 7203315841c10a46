package io.castloom.domain.job;

import io.castloom.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of a work queue: one thing to do.
 *
 * @param enqueuedAt when it first began to wait; kept when it is sent again, so waits are counted
 *     from the first time
 * @param estimate how long it is expected to keep a worker busy
 * @param sole whether no other task waits for it, none other decides the job's state, and nobody
 *     waits to be told of its end: then its own record is all that need be written when it is done
 * @param show the show that it is done for; null for none
 * @param haste why it goes before others of its account; null when nothing says so
 */
public record Task(
    TaskId id,
    WorkClass workClass,
    AccountId account,
    Instant enqueuedAt,
    Duration estimate,
    TaskSpec spec,
    boolean sole,
    @Nullable String show,
    @Nullable Haste haste) {

  public Task {
    Objects.requireNonNull(id);
    Objects.requireNonNull(workClass);
    Objects.requireNonNull(account);
    Objects.requireNonNull(enqueuedAt);
    Objects.requireNonNull(spec);
    if (estimate.isNegative()) {
      throw new IllegalArgumentException("negative estimate of " + id + ": " + estimate);
    }
  }

  /** A task without haste, for no show. */
  public Task(
      TaskId id,
      WorkClass workClass,
      AccountId account,
      Instant enqueuedAt,
      Duration estimate,
      TaskSpec spec,
      boolean sole) {
    this(id, workClass, account, enqueuedAt, estimate, spec, sole, null, null);
  }

  /** The same task in another class. */
  public Task withClass(WorkClass other) {
    return new Task(id, other, account, enqueuedAt, estimate, spec, sole, show, haste);
  }

  /** Its entry in the backlog. */
  public PendingTask pending() {
    return pending(false);
  }

  /** Its entry in the backlog, held back or not. */
  public PendingTask pending(boolean held) {
    return new PendingTask(id, workClass, account, enqueuedAt, estimate, held, haste);
  }
}
