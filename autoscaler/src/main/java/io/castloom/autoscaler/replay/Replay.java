package io.castloom.autoscaler.replay;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.scaling.sim.CastloomPolicy;
import io.castloom.domain.scaling.sim.CostBound;
import io.castloom.domain.scaling.sim.Job;
import io.castloom.domain.scaling.sim.Peers;
import io.castloom.domain.scaling.sim.Policy;
import io.castloom.domain.scaling.sim.Simulation;
import io.castloom.domain.scaling.sim.SimulationResult;
import io.castloom.domain.scaling.sim.Trace;
import io.castloom.domain.scaling.sim.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Plays a trace under several policies, with the planner that runs in production: {@code castloom
 * scaler replay} with recorded arrivals, {@code castloom scaler simulate} with a file.
 */
public final class Replay {
  /**
   * What to play.
   *
   * @param trace the arrivals
   * @param start when the trace began: hours of the week and schedules depend on it
   * @param settings the present settings
   * @param changes settings to try beside them, by key; empty for none
   * @param peers whether to play the peers' rules too
   * @param world how instances boot
   */
  public record Question(
      Trace trace,
      Instant start,
      ScalingSettings settings,
      Map<String, String> changes,
      boolean peers,
      World world) {
    public Question {
      Objects.requireNonNull(trace, "trace");
      Objects.requireNonNull(start, "start");
      Objects.requireNonNull(settings, "settings");
      changes = Map.copyOf(changes);
      Objects.requireNonNull(world, "world");
    }
  }

  /**
   * What came of it.
   *
   * @param trace what was played
   * @param targetSeconds target of the class with most tasks, for tables and pictures
   * @param boundHours instance hours that no plan for a single-slot machine of speed 1 can undercut
   * @param runs the present settings first, then the changed ones, then the peers
   */
  public record Answer(Trace trace, double targetSeconds, double boundHours, List<Run> runs) {
    public Answer {
      runs = List.copyOf(runs);
    }
  }

  /**
   * One policy's run.
   *
   * @param name for tables
   * @param inTime share of the tasks that started within their own class's target
   * @param result everything else
   */
  public record Run(String name, double inTime, SimulationResult result) {}

  private Replay() {}

  /**
   * Plays it; seconds for a week of ten thousand jobs.
   *
   * @throws io.castloom.domain.scaling.InvalidSettingException if a change is no valid setting
   */
  public static Answer play(Question question) {
    Trace trace = question.trace();
    ScalingSettings present = question.settings();
    List<Run> runs = new ArrayList<>();
    runs.add(
        run(question, present, new CastloomPolicy("present settings", present, question.start())));
    if (!question.changes().isEmpty()) {
      ScalingSettings changed = SettingKeys.with(present, question.changes());
      String name =
          question.changes().entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .sorted()
              .reduce((a, b) -> a + " " + b)
              .orElse("");
      runs.add(run(question, changed, new CastloomPolicy(name, changed, question.start())));
    }
    double target = seconds(present, mostFrequent(trace));
    if (question.peers() && kinds(trace) == 1) {
      WorkKind kind = trace.jobs().getFirst().lane().kind();
      InstanceType type = present.types().getFirst();
      double mean = trace.workHours() * 3600 / trace.jobs().size();
      for (Policy peer : Peers.all(kind, target, mean, type, present.limits().maxInstances())) {
        runs.add(run(question, present, peer));
      }
    }
    double late = 1 - present.waitPercentile();
    double bound =
        CostBound.instanceSeconds(trace, target, question.world().bootMean(), late, 60) / 3600;
    return new Answer(trace, target, bound, runs);
  }

  private static Run run(Question question, ScalingSettings settings, Policy policy) {
    double tick = settings.tuning().tick().toMillis() / 1000.0;
    SimulationResult result = Simulation.run(question.trace(), question.world(), policy, tick);
    double[] waits = result.waits();
    int inTime = 0;
    for (int i = 0; i < waits.length; i++) {
      inTime +=
          waits[i] <= seconds(settings, question.trace().jobs().get(i).lane().workClass()) ? 1 : 0;
    }
    return new Run(policy.name(), waits.length == 0 ? 1 : (double) inTime / waits.length, result);
  }

  private static double seconds(ScalingSettings settings, WorkClass workClass) {
    return settings.target(workClass).toMillis() / 1000.0;
  }

  private static long kinds(Trace trace) {
    return trace.jobs().stream().map(job -> job.lane().kind()).distinct().count();
  }

  private static WorkClass mostFrequent(Trace trace) {
    WorkClass best = WorkClass.NORMAL;
    long most = 0;
    for (WorkClass workClass : WorkClass.values()) {
      long n =
          trace.jobs().stream()
              .map(Job::lane)
              .filter(lane -> lane.workClass() == workClass)
              .count();
      if (n > most) {
        most = n;
        best = workClass;
      }
    }
    return best;
  }
}
