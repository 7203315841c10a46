package io.castloom.local.runner;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the machines are like that the runner stands in for.
 *
 * @param logs the folder of the instances' logs, {@code <instance>.log} each
 * @param boot from the launch to the start of the process
 * @param stopPatience from the request to end to the kill
 * @param spotNotice from the interruption notice to the end
 */
public record RunnerSettings(Path logs, Duration boot, Duration stopPatience, Duration spotNotice) {

  public RunnerSettings {
    if (boot.isNegative() || stopPatience.isNegative() || spotNotice.isNegative()) {
      throw new IllegalArgumentException("durations are not negative");
    }
  }
}
