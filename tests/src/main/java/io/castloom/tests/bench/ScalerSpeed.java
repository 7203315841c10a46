package io.castloom.tests.bench;

import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.RunningTask;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Signal;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.scaling.WaitingTask;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.scaling.sim.CastloomPolicy;
import io.castloom.domain.scaling.sim.Job;
import io.castloom.domain.scaling.sim.Simulation;
import io.castloom.domain.scaling.sim.Trace;
import io.castloom.domain.scaling.sim.World;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How fast the planner itself is: one decision over a huge backlog, and the replay of a week. */
final class ScalerSpeed {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
  private static final Lane LANE = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);

  private final PrintStream out;
  private final boolean json;
  private boolean holds = true;

  private ScalerSpeed(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  static boolean run(PrintStream out, boolean json) {
    ScalerSpeed speed = new ScalerSpeed(out, json);
    double before = 0;
    for (int tasks : new int[] {12_500, 25_000, 50_000, 100_000}) {
      double millis = decision(tasks, 500);
      speed.tell(
          "one decision, " + tasks + " waiting, 500 instances",
          millis,
          "ms",
          tasks == 100_000 ? 50 : Double.NaN,
          before);
      before = millis;
    }
    speed.tell("replay of a week, 10000 jobs", week(10_000), "s", 5, 0);
    return speed.holds;
  }

  /** Processor time of this thread: the same as time on a machine that does nothing else. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Median milliseconds of one decision. */
  static double decision(int tasks, int instances) {
    Snapshot snapshot = snapshot(tasks, instances);
    ScalingSettings settings = ScalerWeek.settings(300);
    ScalingPlanner planner = new ScalingPlanner();
    double[] millis = new double[15];
    for (int i = -8; i < millis.length; i++) {
      long start = cpuNanos();
      Decision decision = planner.decide(snapshot, settings);
      double took = (cpuNanos() - start) / 1e6;
      if (decision.launches() == 0) {
        throw new IllegalStateException("a huge backlog must launch something");
      }
      if (i >= 0) {
        millis[i] = took;
      }
    }
    java.util.Arrays.sort(millis);
    return millis[millis.length / 2];
  }

  private static Snapshot snapshot(int tasks, int instances) {
    List<WaitingTask> waiting = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      waiting.add(
          new WaitingTask(
              "t" + i,
              LANE,
              "a" + i % 100,
              "mp3-128",
              NOW.minusMillis((tasks - i) * 3L),
              Duration.ofSeconds(60 + i % 200)));
    }
    List<InstanceView> fleet = new ArrayList<>(instances);
    for (int i = 0; i < instances; i++) {
      RunningTask running =
          new RunningTask(
              "r" + i,
              WorkClass.NORMAL,
              "mp3-128",
              NOW.minusSeconds(i % 100),
              Duration.ofMinutes(2));
      fleet.add(
          new InstanceView(
              "i" + i,
              WorkKind.TRANSCODE,
              "bench",
              Market.ON_DEMAND,
              InstanceState.RUNNING,
              NOW.minusSeconds(3600),
              NOW.minusSeconds(3500),
              NOW,
              null,
              1,
              List.of(running)));
    }
    return new Snapshot(
        NOW,
        1,
        Signal.fresh(NOW),
        waiting,
        List.of(),
        fleet,
        List.of(),
        Observations.NONE,
        PlannerMemory.EMPTY);
  }

  /** Seconds for a week of so many jobs, every tick decided. */
  static double week(int jobs) {
    SplittableRandom random = new SplittableRandom(5);
    List<Job> all = new ArrayList<>(jobs);
    for (int i = 0; i < jobs; i++) {
      double service = 30 + 400 * random.nextDouble();
      all.add(new Job(random.nextDouble() * 7 * 86_400, service, service, LANE));
    }
    Trace trace = new Trace("week", "evenly", 7 * 86_400, all, List.of());
    long start = cpuNanos();
    Simulation.run(
        trace, World.usual(3), new CastloomPolicy("Castloom", ScalerWeek.settings(300), NOW), 10);
    return (cpuNanos() - start) / 1e9;
  }

  private void tell(String measure, double value, String unit, double most, double before) {
    boolean held = Double.isNaN(most) || value <= most;
    holds &= held;
    double growth = before > 0 ? value / before : Double.NaN;
    if (json) {
      JsonLine.print(
          out,
          "scaler",
          measure,
          value,
          unit,
          most,
          value / most,
          Double.isNaN(most) ? "none" : "<= " + most + " " + unit,
          held);
    } else {
      out.printf(
          Locale.ROOT,
          "%-48s %8.1f %-3s%s%s%n",
          measure,
          value,
          unit,
          Double.isNaN(most)
              ? ""
              : String.format(
                  Locale.ROOT, "  goal <= %.0f %s", most, held ? "holds" : "DOES NOT HOLD"),
          Double.isNaN(growth)
              ? ""
              : String.format(Locale.ROOT, "  %.1f x for twice the tasks", growth));
    }
  }
}
