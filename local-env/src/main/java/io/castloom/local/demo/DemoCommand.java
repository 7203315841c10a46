package io.castloom.local.demo;

import ch.qos.logback.classic.Level;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.aws.CallListener;
import io.castloom.local.cli.Failure;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.fleet.ProcessFleetSettings;
import io.castloom.local.system.LocalSystem;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.settings.SettingsReader;
import io.castloom.service.telemetry.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code castloom demo}. */
@Command(
    name = "demo",
    description = {
      "The main job, start to end, on this machine, with recordings of its own or yours.",
      "They go in by HTTP and by FTP, wait in SQS queues, are transcoded by worker processes that are launched because messages wait, and come out as files; an episode gets other ads on another night. Ends by itself with nothing left running."
    })
public final class DemoCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Your own recordings instead.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--keep", description = "Stay up afterwards, until Ctrl-C.")
  private boolean keep;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where state lies; a new folder unless given.")
  private @Nullable Path data;

  @Option(names = "--quick", description = "Leave out the long recording.")
  private boolean quick;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw Failure.usedWrongly(file + " is no file that can be read");
      }
    }
    Logging.configure("demo", Logging.Format.TEXT, Level.ERROR);
    Logging.level("org.apache.ftpserver", "error");
    PrintWriter out = spec.commandLine().getOut();
    Path folder = data == null ? Files.createTempDirectory("castloom-demo-") : data;
    Story story = new Story(out);
    story.chapter("A cloud of its own, and the processes of Castloom");
    try (LocalSystem system = LocalSystem.start(options(folder), InstantSource.system());
        Cloud cloud = cloud(system.environment())) {
      story.line("S3 at " + system.ready().s3() + ", SQS at " + system.ready().sqs());
      story.line(
          "API and console at " + system.ready().console() + ", FTP at " + system.ready().ftp());
      new Demo(
              system,
              new ScalerOperations(cloud.privateStore(), cloud.queues(), InstantSource.system()),
              folder,
              story)
          .run(files, !quick);
      if (keep) {
        out.println();
        out.println(system.ready().line());
        out.println("still up; Ctrl-C ends it");
        out.flush();
        new CountDownLatch(1).await();
      }
    } catch (IOException e) {
      throw Failure.failed("the demo stopped: " + Failure.inOneLine(e));
    }
    story.end();
    return 0;
  }

  private static LocalSystem.Options options(Path folder) {
    return new LocalSystem.Options(
        folder,
        LocalSystem.CloudKind.EMBEDDED,
        EmbeddedCloud.Ports.FREE,
        0,
        0,
        ProcessFleetSettings.ofMax(2),
        // Just longer than a boot, so that instances go again when nothing comes.
        Map.of(
            "autoscaler.targetWait.normal",
            "6s",
            "autoscaler.targetWait.bulk",
            Demo.BURST_TARGET.toSeconds() + "s"));
  }

  private static Cloud cloud(Map<String, String> environment) throws IOException {
    return Cloud.open(
        CloudSettings.from(new SettingsReader(Map.of(), environment), environment),
        CallListener.none());
  }
}
