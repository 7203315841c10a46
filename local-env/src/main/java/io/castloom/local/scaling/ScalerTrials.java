package io.castloom.local.scaling;

import io.castloom.autoscaler.decide.DecideStream;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.autoscaler.replay.Replay;
import io.castloom.autoscaler.replay.SimulateRun;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.sim.World;
import io.castloom.local.cli.Failure;
import io.castloom.local.system.CloudAccess;
import io.castloom.service.cloud.Cloud;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The part of {@code castloom scaler} that tries settings on arrivals, real ones or others. */
@Command
public final class ScalerTrials {

  /** Adds the commands to {@code scaler}. */
  public static void addTo(CommandLine scaler) {
    new CommandLine(new ScalerTrials()).getSubcommands().forEach(scaler::addSubcommand);
  }

  @Command(
      name = "replay",
      description = "Play our own recorded arrivals again, with other settings and other rules beside them.")
  int replay(
      @Mixin CloudAccess access,
      @Option(names = "--last", defaultValue = "7d", description = "How far back (${DEFAULT-VALUE}).")
          String last,
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting to try.")
          @Nullable Map<String, String> changes,
      @Option(names = "--report", paramLabel = "FILE", description = "Also write an HTML report.")
          @Nullable Path report,
      @Option(names = "--json", description = "One JSON object for each policy.") boolean json)
      throws Exception {
    try (Cloud cloud = access.open()) {
      ScalerOperations scaler =
          new ScalerOperations(cloud.privateStore(), cloud.queues(), InstantSource.system());
          Instant now = Instant.now();
          Duration length = ScalerCommand.days(last);
          RecordedTrace recorded = RecordedTrace.of(scaler.history(now.minus(length), now));
          Map<String, String> tried = changes == null ? Map.of() : changes;
          Replay.Answer answer =
              Replay.play(
                  new Replay.Question(
                      recorded.trace(),
                      recorded.start(),
                      scaler.settings(),
                      tried,
                      true,
                      World.usual(1)));
          SimulateRun.tell(
              answer, System.out, new SimulateRun.Options(tried, true, json, report, 1));
          return 0;
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(String.valueOf(e.getMessage()));
    }
  }

  @Command(
      name = "simulate",
      description = "Play a trace from a CSV file (arrival,service[,estimate,class]) against our planner and others' rules.")
  int simulate(
      @Option(names = "--trace", paramLabel = "FILE", required = true) Path trace,
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting to try.")
          @Nullable Map<String, String> changes,
      @Option(names = "--report", paramLabel = "FILE", description = "Also write an HTML report.")
          @Nullable Path report,
      @Option(names = "--seed", defaultValue = "1") long seed,
      @Option(names = "--json", description = "One JSON object for each policy.") boolean json)
      throws Exception {
    try (InputStream in = Files.newInputStream(trace)) {
      return SimulateRun.run(
          String.valueOf(trace.getFileName()),
          in,
          System.out,
          DecideStream.defaults(),
          new SimulateRun.Options(changes == null ? Map.of() : changes, true, json, report, seed));
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(trace + ": " + e.getMessage());
    }
  }

  @Command(
      name = "decide",
      description = "Read snapshots from standard input, one JSON object a line, and answer decisions: the same planner, for anybody's simulator.")
  int decide() throws Exception {
    ScalingSettings settings = DecideStream.defaults();
    return new DecideStream(settings).run(System.in, System.out);
  }
}
