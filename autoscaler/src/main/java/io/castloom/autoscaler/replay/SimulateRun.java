package io.castloom.autoscaler.replay;

import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.sim.SimulationResult;
import io.castloom.domain.scaling.sim.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code castloom scaler simulate --trace FILE}: a CSV in, a table, plots and a report out. */
public final class SimulateRun {
  /**
   * How to answer.
   *
   * @param changes settings to try, by key
   * @param peers whether to play the peers' rules
   * @param json one line of JSON a policy instead of table and plots
   * @param report HTML file to write, null for none
   * @param seed of boots and failures
   */
  public record Options(
      Map<String, String> changes, boolean peers, boolean json, @Nullable Path report, long seed) {
    public Options {
      changes = Map.copyOf(changes);
    }
  }

  private SimulateRun() {}

  /**
   * Reads, plays and tells.
   *
   * @param name what to call the trace
   * @param csv as {@link TraceCsv} reads it
   * @param out where the answer goes
   * @param settings the present settings
   * @param options how to answer
   * @return 0 when the present settings (or the changed ones, when there are changes) meet the
   *     percentile, else 1
   * @throws IOException if the trace cannot be read or the report not be written
   * @throws IllegalArgumentException if the trace or a change is invalid; the message says which
   *     and why
   */
  public static int run(
      String name, InputStream csv, PrintStream out, ScalingSettings settings, Options options)
      throws IOException {
    TraceCsv.Read read = TraceCsv.read(name, csv);
    Replay.Answer answer =
        Replay.play(
            new Replay.Question(
                read.trace(),
                read.start(),
                settings,
                options.changes(),
                options.peers(),
                World.usual(options.seed())));
    tell(answer, out, options);
    Replay.Run judged = answer.runs().get(options.changes().isEmpty() ? 0 : 1);
    return judged.inTime() >= settings.waitPercentile() ? 0 : 1;
  }

  /** Prints an answer as the options say, and writes the report if one is wanted. */
  public static void tell(Replay.Answer answer, PrintStream out, Options options)
      throws IOException {
    if (options.json()) {
      for (Replay.Run run : answer.runs()) {
        out.println(line(answer, run));
      }
    } else {
      ReplayText.print(answer, out);
    }
    Path report = options.report();
    if (report != null) {
      Files.writeString(report, ReplayHtml.of(answer));
      if (!options.json()) {
        out.println("report: " + report.toAbsolutePath());
      }
    }
  }

  private static String line(Replay.Answer answer, Replay.Run run) {
    SimulationResult r = run.result();
    return String.format(
        Locale.ROOT,
        "{\"policy\":\"%s\",\"inTime\":%.4f,\"p50Seconds\":%.1f,\"p95Seconds\":%.1f,\"instanceHours\":%.3f,\"boundHours\":%.3f,\"ratio\":%.4f,\"usd\":%.4f,\"launches\":%d,\"failedBoots\":%d,\"mostInstances\":%d}",
        run.name().replace("\\", "\\\\").replace("\"", "\\\""),
        run.inTime(),
        finite(r.waitPercentile(0.5)),
        finite(r.waitPercentile(0.95)),
        r.instanceHours(),
        answer.boundHours(),
        r.instanceHours() / answer.boundHours(),
        r.usd(),
        r.launches(),
        r.failedBoots(),
        r.mostInstances());
  }

  private static double finite(double seconds) {
    return Double.isFinite(seconds) ? seconds : -1;
  }
}
