package io.castloom.autoscaler.replay;

import io.castloom.domain.scaling.sim.SimulationResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A replay for a terminal: a table, and plots of block characters. */
public final class ReplayText {
  private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
  private static final int WIDTH = 84;

  private ReplayText() {}

  /** Prints table and plots. */
  public static void print(Replay.Answer answer, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%s: %d tasks in %.1f h, %.1f h of work; no plan can cost less than %.1f instance hours%n%n",
        answer.trace().name(),
        answer.trace().jobs().size(),
        answer.trace().seconds() / 3600,
        answer.trace().workHours(),
        answer.boundHours());
    out.printf(
        Locale.ROOT,
        "%-32s %8s %7s %9s %9s %9s %9s %8s%n",
        "policy",
        "in time",
        "p50",
        "p95",
        "most",
        "inst. h",
        "x bound",
        "launches");
    for (Replay.Run run : answer.runs()) {
      SimulationResult r = run.result();
      out.printf(
          Locale.ROOT,
          "%-32s %7.1f%% %6.0fs %8.0fs %8.0fs %9.1f %9.2f %8d%n",
          shortened(run.name()),
          100 * run.inTime(),
          r.waitPercentile(0.5),
          r.waitPercentile(0.95),
          r.waitPercentile(1),
          r.instanceHours(),
          r.instanceHours() / answer.boundHours(),
          r.launches());
    }
    out.println();
    for (Replay.Run run : answer.runs().subList(0, Math.min(2, answer.runs().size()))) {
      out.println(run.name());
      plot(out, "instances", run.result().samples(), SimulationResult.Sample::instances);
      plot(out, "waiting", run.result().samples(), SimulationResult.Sample::waiting);
      plot(out, "oldest, s", run.result().samples(), SimulationResult.Sample::oldestWait);
    }
  }

  private static String shortened(String name) {
    return name.length() <= 32 ? name : name.substring(0, 31) + "…";
  }

  /** One row: the highest value of each stretch of time as a block. */
  static void plot(
      PrintStream out,
      String name,
      List<SimulationResult.Sample> samples,
      ToDoubleFunction<SimulationResult.Sample> value) {
    double most = samples.stream().mapToDouble(value).max().orElse(0);
    StringBuilder row = new StringBuilder();
    for (int column = 0; column < WIDTH; column++) {
      int from = (int) ((long) column * samples.size() / WIDTH);
      int to = Math.max(from + 1, (int) ((long) (column + 1) * samples.size() / WIDTH));
      double highest = 0;
      for (int i = from; i < Math.min(to, samples.size()); i++) {
        highest = Math.max(highest, value.applyAsDouble(samples.get(i)));
      }
      int level = most == 0 ? 0 : (int) Math.ceil(highest / most * (BLOCKS.length() - 1));
      row.append(BLOCKS.charAt(level));
    }
    out.printf(Locale.ROOT, "  %-10s |%s| most %.0f%n", name, row, most);
  }
}
