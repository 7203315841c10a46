package io.castloom.local.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What the machines are like that the runner stands in for.
 *
 * @param logs the folder of the instances' logs, {@code <instance>.log} each
 * @param images in which there is a Castloom: of any other nothing comes up, as on EC2; empty for
 *     all
 * @param boot from the launch to the start of the process
 * @param stopPatience from the request to end to the kill
 * @param spotNotice from the interruption notice to the end
 */
public record RunnerSettings(
    Path logs, Set<String> images, Duration boot, Duration stopPatience, Duration spotNotice) {

  public RunnerSettings {
    images = Set.copyOf(images);
    if (boot.isNegative() || stopPatience.isNegative() || spotNotice.isNegative()) {
      throw new IllegalArgumentException("durations are not negative");
    }
  }

  boolean hasCastloom(String image) {
    return images.isEmpty() || images.contains(image);
  }
}
