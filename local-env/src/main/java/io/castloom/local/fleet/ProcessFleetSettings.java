package io.castloom.local.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the machines are like that the processes stand for.
 *
 * @param maxInstances that are pending or running at once; more are refused as lack of capacity
 * @param boot from launch to the start of the process
 * @param stopPatience from the request to end to the kill
 * @param failedBoots the share, 0 to 1, of launches whose process never starts
 * @param spotLife the mean life of a spot instance, exponentially distributed; null means that none
 *     is interrupted
 * @param spotNotice from the interruption notice to the kill
 * @param seed of what is drawn
 */
public record ProcessFleetSettings(
    int maxInstances,
    Duration boot,
    Duration stopPatience,
    double failedBoots,
    @Nullable Duration spotLife,
    Duration spotNotice,
    long seed) {

  public ProcessFleetSettings {
    if (maxInstances < 1) {
      throw new IllegalArgumentException("a fleet has at least one instance: " + maxInstances);
    }
    if (!(failedBoots >= 0 && failedBoots <= 1)) {
      throw new IllegalArgumentException("failed boots out of 0..1: " + failedBoots);
    }
    if (boot.isNegative() || stopPatience.isNegative() || spotNotice.isNegative()) {
      throw new IllegalArgumentException("durations are not negative");
    }
  }

  /** Processes that start at once and stay. */
  public static ProcessFleetSettings ofMax(int maxInstances) {
    return new ProcessFleetSettings(
        maxInstances, Duration.ZERO, Duration.ofSeconds(60), 0, null, Duration.ofMinutes(2), 0);
  }
}
