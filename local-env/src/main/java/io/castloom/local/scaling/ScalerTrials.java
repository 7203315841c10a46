package io.castloom.local.scaling;

import io.castloom.autoscaler.decide.DecideStream;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.autoscaler.replay.Replay;
import io.castloom.autoscaler.replay.SimulateRun;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Tuning;
import io.castloom.domain.scaling.sim.World;
import io.castloom.local.cli.Failure;
import io.castloom.service.cloud.Cloud;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The part of {@code castloom scaler} that tries settings on arrivals, real ones or others. */
public final class ScalerTrials {

  private static final double USUAL_FAILURES = World.usual(1).failedShare();

  private ScalerTrials() {}

  /** Adds the commands to {@code scaler}. */
  public static void addTo(CommandLine scaler) {
    scaler.addSubcommand(new ReplayIt());
    scaler.addSubcommand(new SimulateIt());
    scaler.addSubcommand(new DecideIt());
    scaler.addSubcommand(new CostCommand());
  }

  /** What both trials take. */
  private static final class Trial {
    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting to try.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(names = "--report", paramLabel = "FILE", description = "Also write an HTML report.")
    private @Nullable Path report;

    @Option(names = "--json", description = "One JSON object for each policy.")
    private boolean json;

    @Option(names = "--seed", defaultValue = "1", description = "Of boots and failures.")
    private long seed;

    SimulateRun.Options options() {
      return new SimulateRun.Options(changes, true, json, report, seed);
    }
  }

  @Command(
      name = "replay",
      description =
          "Play our own recorded arrivals again, with other settings and other rules beside them.")
  private static final class ReplayIt implements Callable<Integer> {
    @ParentCommand private ScalerCommand parent;
    @Mixin private Trial trial;

    @Option(names = "--last", defaultValue = "7d", description = "How far back (${DEFAULT-VALUE}).")
    private String last = "7d";

    @Override
    public Integer call() throws Exception {
      try (Cloud cloud = parent.access().open()) {
        ScalerOperations scaler =
            new ScalerOperations(cloud.privateStore(), cloud.queues(), InstantSource.system());
        Instant now = Instant.now();
        RecordedTrace recorded =
            RecordedTrace.of(scaler.history(now.minus(ScalerCommand.days(last)), now));
        ScalingSettings settings = scaler.settings();
        Replay.Answer answer =
            Replay.play(
                new Replay.Question(
                    recorded.trace(),
                    recorded.start(),
                    settings,
                    trial.changes,
                    true,
                    world(settings.tuning(), trial.seed)));
        SimulateRun.tell(answer, System.out, trial.options());
        return 0;
      } catch (IllegalArgumentException e) {
        throw Failure.usedWrongly(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Instances that boot as the settings say, since ours need not boot like an EC2 instance. */
  static World world(Tuning tuning, long seed) {
    double mean = tuning.bootMean().toMillis() / 1000.0;
    double p90 = tuning.bootP90().toMillis() / 1000.0;
    return new World(mean, Math.clamp(p90, mean * 1.01, mean * 1.99), USUAL_FAILURES, seed);
  }

  @Command(
      name = "simulate",
      description =
          "Play a trace from a CSV file (arrival,service[,estimate,class]) against our planner and others' rules.")
  private static final class SimulateIt implements Callable<Integer> {
    @Mixin private Trial trial;

    @Option(names = "--trace", paramLabel = "FILE", required = true, description = "The trace.")
    private Path trace = Path.of("");

    @Override
    public Integer call() throws Exception {
      try (InputStream in = Files.newInputStream(trace)) {
        return SimulateRun.run(
            String.valueOf(trace.getFileName()),
            in,
            System.out,
            DecideStream.defaults(),
            trial.options());
      } catch (IllegalArgumentException e) {
        throw Failure.usedWrongly(trace + ": " + e.getMessage());
      }
    }
  }

  @Command(
      name = "decide",
      description =
          "Read snapshots from standard input, one JSON object a line, and answer decisions: the same planner, for anybody's simulator.")
  private static final class DecideIt implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return new DecideStream(DecideStream.defaults()).run(System.in, System.out);
    }
  }
}
