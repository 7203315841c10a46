package io.castloom.local.cli;

import io.castloom.service.settings.Units;
import java.time.Duration;

/** The ranges of options. What is out of one is said with the option's own name and its range. */
public final class Bounds {

  /** The highest port there is (RFC 9293, section 3.1). */
  private static final int LAST_PORT = 65_535;

  private Bounds() {}

  /**
   * A whole number within bounds, both allowed.
   *
   * @throws Failure it is out of them
   */
  public static int within(String option, int value, int least, int greatest) throws Failure {
    if (value < least || value > greatest) {
      throw Failure.usedWrongly(option + " is " + least + " to " + greatest + ", not " + value);
    }
    return value;
  }

  /**
   * A port to listen on; 0 is any free one.
   *
   * @throws Failure there is no such port
   */
  public static int port(String option, int value) throws Failure {
    return within(option, value, 0, LAST_PORT);
  }

  /**
   * A size in bytes, of one and more.
   *
   * @param text as {@code 20GiB}
   * @throws Failure it is none
   */
  public static long size(String option, String text) throws Failure {
    try {
      long bytes = Units.size(text);
      if (bytes > 0) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(option + " \"" + text + "\": " + e.getMessage());
    }
    throw Failure.usedWrongly(option + " is at least 1B, not " + text);
  }

  /**
   * A duration of zero and more.
   *
   * @param text as {@code 90s}
   * @throws Failure it is none, or longer than {@code greatest}
   */
  public static Duration duration(String option, String text, Duration greatest) throws Failure {
    try {
      Duration duration = Units.duration(text);
      if (!duration.isNegative() && duration.compareTo(greatest) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(option + " \"" + text + "\": " + e.getMessage());
    }
    throw Failure.usedWrongly(option + " is 0s to " + Units.write(greatest) + ", not " + text);
  }
}
