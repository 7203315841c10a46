package io.castloom.local.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code castloom bench}: runs benchmarks, prints ratios. */
@Command(
    name = "bench",
    description = {
      "Run benchmarks and print them as ratios.",
      "Ours and the baseline are measured in the same run, because machines are noisy.",
      "Without a name: list them."
    })
public final class BenchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "Which to run, in this order.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object per measure and line.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Benchmark> known =
        ServiceLoader.load(Benchmark.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Benchmark::name))
            .toList();
    if (names.isEmpty()) {
      known.forEach(
          b -> out.printf("%-12s about %4d s  %s%n", b.name(), b.length().toSeconds(), b.about()));
      return 0;
    }
    boolean holds = true;
    for (String name : names) {
      Benchmark benchmark =
          known.stream().filter(b -> b.name().equals(name)).findFirst().orElse(null);
      if (benchmark == null) {
        err.println("castloom: no benchmark is called " + name + "; `castloom bench` lists them");
        return 2;
      }
      List<Measure> measures =
          benchmark.run(
              line -> {
                err.println(line);
                err.flush();
              });
      measures.forEach(m -> out.println(json ? asJson(m) : asRow(m)));
      out.flush();
      holds &= measures.stream().allMatch(Measure::holds);
    }
    return holds ? 0 : 1;
  }

  private static String asRow(Measure m) {
    Double ratio = m.ratio();
    return String.format(
        Locale.ROOT,
        "%-10s %-44s %12s %-6s %12s %8s  %s",
        m.bench(),
        m.measure(),
        number(m.value()),
        m.unit(),
        m.baseline() == null ? "" : number(m.baseline()),
        ratio == null ? "" : String.format(Locale.ROOT, "%.3f", ratio),
        m.goal() == null ? "" : m.goal() + (m.holds() ? "  holds" : "  DOES NOT HOLD"));
  }

  private static String asJson(Measure m) {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"%s\",\"measure\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"baseline\":%s,"
            + "\"ratio\":%s,\"goal\":%s,\"holds\":%s}",
        m.bench(),
        m.measure(),
        m.value(),
        m.unit(),
        m.baseline(),
        m.ratio(),
        m.goal() == null ? "null" : "\"" + m.goal() + "\"",
        m.holds());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.3f", value);
  }
}
