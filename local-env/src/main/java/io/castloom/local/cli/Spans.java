package io.castloom.local.cli;

import java.time.Duration;
import java.util.Locale;

/** Spans of time and sizes as people say them. */
public final class Spans {

  private Spans() {}

  /** For example {@code 0.8 s}, {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
  public static String of(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** As {@link #of(Duration)}, from seconds. */
  public static String ofSeconds(double seconds) {
    return of(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** Bytes in decimal units: {@code 812 B}, {@code 4.2 kB}, {@code 59.4 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.95 && unit < 4) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %sB", value, "kMGTP".charAt(unit));
  }
}
