package io.castloom.local.system;

import io.castloom.assembler.AssemblerMain;
import io.castloom.autoscaler.AutoscalerMain;
import io.castloom.ingest.IngestMain;
import io.castloom.worker.WorkerMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code castloom run}: one process, as an instance runs it. */
@Command(
    name = "run",
    description = {
      "Run one process, as an instance does: until SIGTERM, or a command from its control queue.",
      "Settings: --set KEY=VALUE, else CASTLOOM_<SECTION>_<NAME>, else config/<process>.json in the bucket, else the default."
    })
public final class RunCommand implements Callable<Integer> {

  private enum Role {
    ingest,
    worker,
    assembler,
    autoscaler
  }

  @Parameters(paramLabel = "PROCESS", description = "${COMPLETION-CANDIDATES}")
  private Role role = Role.worker;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting; --check-config lists them.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--check-config", description = "Print each setting with its origin, and stop.")
  private boolean checkConfig;

  @Override
  public Integer call() {
    List<String> args = new ArrayList<>();
    settings.forEach(setting -> args.addAll(List.of("--set", setting)));
    if (checkConfig) {
      args.add("--check-config");
    }
    String[] all = args.toArray(String[]::new);
    return switch (role) {
      case ingest -> IngestMain.run(all);
      case worker -> WorkerMain.run(all);
      case assembler -> AssemblerMain.run(all);
      case autoscaler -> {
        AutoscalerMain.main(all);
        yield 0;
      }
    };
  }
}
