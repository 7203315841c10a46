package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them ({@code 90s 5m 1h}), and seconds as the planner's arithmetic wants
 * them.
 */
final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)");

  private Durations() {}

  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }

  /** Seconds from {@code from} to {@code to}; negative when {@code to} is earlier. */
  static double seconds(Instant from, Instant to) {
    return (to.getEpochSecond() - from.getEpochSecond()) + (to.getNano() - from.getNano()) * 1e-9;
  }

  static Duration ofSeconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  static Duration parse(String setting, String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    Rule.require(matcher.matches(), setting, text, "is a duration such as 90s, 5m or 1h");
    double number = Double.parseDouble(matcher.group(1));
    double unit =
        switch (matcher.group(2)) {
          case "ms" -> 0.001;
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          default -> 86_400;
        };
    return ofSeconds(number * unit);
  }

  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /** {@code 4 min 10 s}: for explanations. */
  static String words(double seconds) {
    long whole = Math.round(Math.abs(seconds));
    String sign = seconds <= -0.5 ? "-" : "";
    if (whole < 120) {
      return sign + whole + " s";
    }
    if (whole < 7200) {
      return sign + whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
    }
    return sign
        + whole / 3600
        + " h"
        + (whole % 3600 / 60 == 0 ? "" : " " + whole % 3600 / 60 + " min");
  }
}
