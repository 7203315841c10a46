package io.castloom.domain.fleet.roll;

import java.time.Duration;

/**
 * What a roll is held to.
 *
 * @param canaryShare the part of the fleet that tries the image first, above 0 to 1; at least one
 *     instance
 * @param tasks how many tasks canaries must have done before others follow, 1 to 10,000
 * @param patience after so long without a task done by a canary, while others did many, the image
 *     is taken to be bad
 */
public record RollTerms(double canaryShare, int tasks, Duration patience) {

  /** A tenth of the fleet, five tasks, half an hour. */
  public static final RollTerms USUAL = new RollTerms(0.1, 5, Duration.ofMinutes(30));

  public RollTerms {
    if (!(canaryShare > 0 && canaryShare <= 1)) {
      throw new IllegalArgumentException(
          "the canaries' share of the fleet is above 0 and at most 1, not " + canaryShare);
    }
    if (tasks < 1 || tasks > 10_000) {
      throw new IllegalArgumentException("canaries do 1 to 10000 tasks, not " + tasks);
    }
    if (patience.compareTo(Duration.ofMinutes(1)) < 0
        || patience.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("patience is 1m to 24h, not " + patience);
    }
  }
}
