package io.castloom.local.system;

import ch.qos.logback.classic.Level;
import io.castloom.local.cli.Bounds;
import io.castloom.local.cli.Failure;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.fleet.ProcessFleetSettings;
import io.castloom.service.telemetry.Logging;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code castloom up}. */
@Command(
    name = "up",
    description = {
      "Run every process on this machine, in the foreground, until Ctrl-C.",
      "State stays in the data folder; the same folder goes on where it stopped, also after a kill."
    })
public final class UpCommand implements Callable<Integer> {

  /** As many as an autoscaler may launch. */
  private static final int MOST_WORKERS = 10_000;

  private static final Duration LONGEST_BOOT = Duration.ofHours(1);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".castloom",
      description = "Where state lies (${DEFAULT-VALUE}).")
  private Path data = Path.of(".castloom");

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD",
      defaultValue = "embedded",
      description =
          "${COMPLETION-CANDIDATES}; localstack is the one at AWS_ENDPOINT_URL, else started by"
              + " Docker (${DEFAULT-VALUE}).")
  private LocalSystem.CloudKind cloud = LocalSystem.CloudKind.EMBEDDED;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port of the API; 0 for a free one (${DEFAULT-VALUE}).")
  private int httpPort;

  @Option(
      names = "--ftp-port",
      paramLabel = "PORT",
      defaultValue = "2121",
      description = "Port of FTP; 0 for a free one (${DEFAULT-VALUE}).")
  private int ftpPort;

  @Option(
      names = "--max-workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Worker processes at once (${DEFAULT-VALUE}).")
  private int maxWorkers;

  @Option(
      names = "--boot",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "How long a launched instance pretends to boot, for example 30s.")
  private String boot = "0s";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the processes, for example autoscaler.targetWait.high=20s.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Lines for people or for machines: ${COMPLETION-CANDIDATES}.")
  private Logging.Format logFormat = Logging.Format.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "WARN",
      description = "TRACE, DEBUG, INFO, WARN or ERROR (${DEFAULT-VALUE}).")
  private String logLevel = "WARN";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Level level = Level.toLevel(logLevel, null); // valueOf takes what it does not know for DEBUG
    if (level == null) {
      throw Failure.usedWrongly(
          "--log-level is trace, debug, info, warn or error, not " + logLevel);
    }
    LocalSystem.Options options = options();
    Logging.configure("up", logFormat, level);
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch wish = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (LocalSystem system = LocalSystem.start(options, InstantSource.system())) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    wish.countDown();
                    try {
                      var _ = ended.await(80, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      out.println(system.ready().line());
      out.flush();
      wish.await();
      out.println("castloom ends; workers hand back what they have");
      out.flush();
      Ready.removeFrom(data);
      CloudAccess.forget(data);
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private LocalSystem.Options options() throws Failure {
    Bounds.within("--max-workers", maxWorkers, 1, MOST_WORKERS);
    ProcessFleetSettings usual = ProcessFleetSettings.ofMax(maxWorkers);
    ProcessFleetSettings fleet =
        new ProcessFleetSettings(
            usual.maxInstances(),
            Bounds.duration("--boot", boot, LONGEST_BOOT),
            usual.stopPatience(),
            0,
            null,
            usual.spotNotice(),
            0);
    return new LocalSystem.Options(
        data,
        cloud,
        EmbeddedCloud.Ports.FREE,
        Bounds.port("--http-port", httpPort),
        Bounds.port("--ftp-port", ftpPort),
        fleet,
        settings);
  }
}
