package io.castloom.ingest.intake;

import java.util.Locale;

/** Sizes as people read them. */
public final class Sizes {
  private Sizes() {}

  /** For example {@code 3.5 MiB}. */
  public static String text(long bytes) {
    if (bytes < 1 << 10) {
      return bytes + " bytes";
    }
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f %s", value, units[unit])
        : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
