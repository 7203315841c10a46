package io.castloom.tests.bench;

import java.io.PrintStream;
import java.util.Locale;

/** One measure of a bench as one line of JSON. */
final class JsonLine {
  private JsonLine() {}

  static void print(
      PrintStream out,
      String bench,
      String measure,
      double value,
      String unit,
      double baseline,
      double ratio,
      String goal,
      boolean holds) {
    out.println(
        "{\"bench\":\""
            + bench
            + "\",\"measure\":\""
            + measure
            + "\",\"value\":"
            + number(value)
            + ",\"unit\":\""
            + unit
            + "\",\"baseline\":"
            + number(baseline)
            + ",\"ratio\":"
            + number(ratio)
            + ",\"goal\":\""
            + goal
            + "\",\"holds\":"
            + holds
            + "}");
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
  }
}
