package io.castloom.local.bench;

import io.castloom.local.cli.Failure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    List<Bench> known =
        ServiceLoader.load(Bench.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Bench::name))
            .toList();
    if (names.isEmpty()) {
      known.forEach(
          b -> out.printf("%-12s about %4d s  %s%n", b.name(), b.length().toSeconds(), b.about()));
      return 0;
    }
    boolean holds = true;
    for (String name : names) {
      Bench bench = known.stream().filter(b -> b.name().equals(name)).findFirst().orElse(null);
      if (bench == null) {
        throw Failure.usedWrongly(
            "no benchmark is called " + name + "; `castloom bench` lists them");
      }
      holds &= bench.print(System.out, json);
      System.out.flush();
    }
    return holds ? 0 : 1;
  }
}
