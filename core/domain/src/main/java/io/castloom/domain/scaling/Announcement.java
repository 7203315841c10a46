package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Work that is known before its messages exist: the assembler's plan for the night, an upload in
 * progress. It counts until {@code at}; from then on its tasks are expected in the pending index.
 *
 * @param lane where the tasks will wait
 * @param at when they are expected
 * @param tasks how many, at least 1
 * @param estimate expected service time of each on an instance of speed 1
 * @param certainty chance that they come at all, 0 to 1
 */
public record Announcement(Lane lane, Instant at, int tasks, Duration estimate, double certainty) {
  public Announcement {
    Objects.requireNonNull(lane, "lane");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(estimate, "estimate");
    if (tasks < 1) {
      throw new IllegalArgumentException(
          "an announcement for " + lane + " of " + tasks + " tasks; at least 1");
    }
    if (!(certainty >= 0 && certainty <= 1)) {
      throw new IllegalArgumentException(
          "certainty of an announcement is 0 to 1, not " + certainty);
    }
  }
}
