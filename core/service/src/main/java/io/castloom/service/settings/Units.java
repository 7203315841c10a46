package io.castloom.service.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: {@code 90s 5m 1h 1h30m}, {@code 512MiB 20GB}. */
public final class Units {

  private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kKMGT]i?B|B)");

  private static final Map<String, Long> BYTES =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "KB", 1_000L,
          "KiB", 1L << 10,
          "MB", 1_000_000L,
          "MiB", 1L << 20,
          "GB", 1_000_000_000L,
          "GiB", 1L << 30,
          "TB", 1_000_000_000_000L,
          "TiB", 1L << 40);

  private Units() {}

  /**
   * @throws IllegalArgumentException it is not written so
   */
  public static Duration duration(String text) {
    String left = text.strip();
    if (left.equals("0")) {
      return Duration.ZERO;
    }
    Duration sum = Duration.ZERO;
    Matcher part = DURATION_PART.matcher(left);
    int end = 0;
    while (end < left.length() && part.find(end) && part.start() == end) {
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              });
      end = part.end();
    }
    if (end == 0 || end != left.length()) {
      throw new IllegalArgumentException("a duration is written like 250ms, 90s, 5m, 1h30m or 2d");
    }
    return sum;
  }

  /** A duration as {@link #duration(String)} reads it. */
  public static String write(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number != 0) {
      text.append(number).append(unit);
    }
  }

  /**
   * A size in bytes.
   *
   * @throws IllegalArgumentException it is not written so
   */
  public static long size(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    Long unit = matcher.matches() ? BYTES.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("a size is written like 512MiB, 20GB or 1000B");
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
  }

  /** A size as {@link #size(String)} reads it, in the greatest unit that needs no fraction. */
  public static String writeSize(long bytes) {
    for (String unit : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
      long one = BYTES.getOrDefault(unit, 1L);
      if (bytes >= one && bytes % one == 0) {
        return bytes / one + unit;
      }
    }
    return bytes + "B";
  }
}
