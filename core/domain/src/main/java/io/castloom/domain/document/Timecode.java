package io.castloom.domain.document;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them: {@code 12:30}, {@code 1:02:03.250}, {@code 90s}, {@code 5m}, {@code
 * 1h30m}, {@code 42.5}.
 */
public final class Timecode {
  /** The rule in words, for problems. */
  public static final String RULE = "must be a time such as 12:30, 1:02:03.250, 90s, 5m or 1h30m";

  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,4}):)?(\\d{1,3}):(\\d{2})(?:[.,](\\d{1,9}))?");
  private static final Pattern UNITS =
      Pattern.compile(
          "(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})(?:\\.(\\d{1,9}))?s)?(?:(\\d{1,9})ms)?");
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,8})(?:\\.(\\d{1,9}))?");

  private Timecode() {}

  /**
   * Reads a time. A bare number is seconds.
   *
   * @throws IllegalArgumentException with {@link #RULE} when the text is none of the forms
   */
  public static Duration parse(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    Matcher clock = CLOCK.matcher(trimmed);
    if (clock.matches()) {
      long minutes = Long.parseLong(clock.group(2));
      long seconds = Long.parseLong(clock.group(3));
      if (seconds < 60 && (clock.group(1) == null || minutes < 60)) {
        return Duration.ofHours(number(clock.group(1)))
            .plusMinutes(minutes)
            .plusSeconds(seconds)
            .plusNanos(fraction(clock.group(4)));
      }
    }
    Matcher seconds = SECONDS.matcher(trimmed);
    if (seconds.matches()) {
      return Duration.ofSeconds(number(seconds.group(1)), fraction(seconds.group(2)));
    }
    Matcher units = UNITS.matcher(trimmed);
    if (!trimmed.isEmpty() && units.matches()) {
      return Duration.ofHours(number(units.group(1)))
          .plusMinutes(number(units.group(2)))
          .plusSeconds(number(units.group(3)))
          .plusNanos(fraction(units.group(4)))
          .plusMillis(number(units.group(5)));
    }
    throw new IllegalArgumentException(RULE);
  }

  /**
   * Writes {@code m:ss} or {@code h:mm:ss}, with as many decimals as there are (at most 9). {@link
   * #parse} reads it back.
   */
  public static String format(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a time is not negative: " + time);
    }
    StringBuilder text = new StringBuilder(16);
    long hours = time.toHours();
    if (hours > 0) {
      text.append(hours).append(':').append(twoDigits(time.toMinutesPart()));
    } else {
      text.append(time.toMinutesPart());
    }
    text.append(':').append(twoDigits(time.toSecondsPart()));
    if (time.toNanosPart() > 0) {
      String nanos = String.format(Locale.ROOT, "%09d", time.toNanosPart());
      int end = nanos.length();
      while (nanos.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(nanos, 0, end);
    }
    return text.toString();
  }

  private static String twoDigits(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static long fraction(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong((digits + "000000000").substring(0, 9));
  }
}
