package io.castloom.local.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a benchmark, taken in the same run as its baseline, since machines are noisy.
 *
 * @param measure what was measured, for example {@code wall time}
 * @param value ours, in {@code unit}
 * @param baseline the other's, in the same unit; null when the figure stands alone
 * @param goal the least or the greatest that will do; null for a figure that is only told
 */
public record Measure(
    String bench,
    String measure,
    double value,
    String unit,
    @Nullable Double baseline,
    @Nullable Goal goal) {

  /**
   * What must be reached: by the ratio where there is a baseline, else by the value.
   *
   * @param atMost whether the bound is an upper one
   */
  public record Goal(boolean atMost, double bound) {

    public static Goal atMost(double bound) {
      return new Goal(true, bound);
    }

    public static Goal atLeast(double bound) {
      return new Goal(false, bound);
    }

    boolean holds(double figure) {
      return atMost ? figure <= bound : figure >= bound;
    }

    @Override
    public String toString() {
      return (atMost ? "<= " : ">= ") + bound;
    }
  }

  /** A figure with a baseline and a goal for their ratio. */
  public static Measure ratio(
      String bench,
      String measure,
      double value,
      String unit,
      double baseline,
      @Nullable Goal goal) {
    return new Measure(bench, measure, value, unit, baseline, goal);
  }

  /** A figure that stands alone. */
  public static Measure plain(
      String bench, String measure, double value, String unit, @Nullable Goal goal) {
    return new Measure(bench, measure, value, unit, null, goal);
  }

  /** Ours over the baseline's; null without one. */
  public @Nullable Double ratio() {
    return baseline == null ? null : value / baseline;
  }

  /** Whether the goal is reached; true when there is none. */
  public boolean holds() {
    if (goal == null) {
      return true;
    }
    Double ratio = ratio();
    return goal.holds(ratio == null ? value : ratio);
  }

  /** As a line of a table. */
  String row() {
    Double found = ratio();
    return String.format(
        Locale.ROOT,
        "%-10s %-44s %12s %-6s %12s %8s  %s",
        bench(),
        measure(),
        number(value()),
        unit(),
        baseline() == null ? "" : number(baseline()),
        found == null ? "" : String.format(Locale.ROOT, "%.3f", found),
        goal() == null ? "" : goal() + (holds() ? "  holds" : "  DOES NOT HOLD"));
  }

  /** As one line of JSON. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"%s\",\"measure\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"baseline\":%s,"
            + "\"ratio\":%s,\"goal\":%s,\"holds\":%s}",
        bench(),
        measure(),
        value(),
        unit(),
        baseline(),
        ratio(),
        goal() == null ? "null" : "\"" + goal() + "\"",
        holds());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.3f", value);
  }
}
