package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task nobody has started: one entry of the pending index.
 *
 * @param id unique among waiting and running tasks
 * @param lane its queue
 * @param account whose it is
 * @param profile what is done, the key under which service times are learned; may be empty
 * @param enqueuedAt when it began to wait; kept when the task is held back or sent again
 * @param estimate expected service time on an instance of speed 1, or null when nobody knows
 */
public record WaitingTask(
    String id,
    Lane lane,
    String account,
    String profile,
    Instant enqueuedAt,
    @Nullable Duration estimate) {
  public WaitingTask {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(lane, "lane");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(enqueuedAt, "enqueuedAt");
    if (estimate != null && estimate.isNegative()) {
      throw new IllegalArgumentException("estimate of task " + id + " is negative: " + estimate);
    }
  }
}
