package io.castloom.tests.bench;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Limits;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.scaling.sim.CastloomPolicy;
import io.castloom.domain.scaling.sim.CostBound;
import io.castloom.domain.scaling.sim.Peers;
import io.castloom.domain.scaling.sim.Policy;
import io.castloom.domain.scaling.sim.Simulation;
import io.castloom.domain.scaling.sim.SimulationResult;
import io.castloom.domain.scaling.sim.Trace;
import io.castloom.domain.scaling.sim.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One week under one target, lived through by our planner and by the peers' rules. */
record ScalerWeek(Trace trace, double target, long seed) {

  /** What has to begin in time. */
  static final double SHARE = 0.95;

  /** A boot, on average, in seconds. */
  static final double BOOT = 110;

  static final InstanceType TYPE = new InstanceType("bench", 1, 1, 1, 1);

  private static final int ROUNDS = 60;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  Outcome simulate() {
    WorkKind kind = trace.jobs().getFirst().lane().kind();
    double mean = trace.workHours() * 3600 / trace.jobs().size();
    List<SimulationResult> results = new ArrayList<>();
    results.add(
        Simulation.run(
            trace, World.usual(seed), new CastloomPolicy("Castloom", settings(target), START), 10));
    for (Policy peer : Peers.all(kind, target, mean, TYPE, 1000)) {
      results.add(Simulation.run(trace, World.usual(seed), peer, 10));
    }
    double bound = CostBound.instanceSeconds(trace, target, BOOT, 1 - SHARE, ROUNDS) / 3600;
    return new Outcome(this, bound, results);
  }

  /** The defaults, with one target for all classes and room enough that no limit decides. */
  static ScalingSettings settings(double target) {
    ScalingSettings settings =
        ScalingSettings.defaults(TYPE, 100_000)
            .withLimits(new Limits(Map.of(), 1000, 1000, 100_000));
    for (WorkClass workClass : WorkClass.values()) {
      settings = settings.withTarget(workClass, Duration.ofMillis((long) (target * 1000)));
    }
    return settings;
  }

  /**
   * What came of it, ours first.
   *
   * @param bound instance hours that no plan can undercut
   */
  record Outcome(ScalerWeek week, double bound, List<SimulationResult> results) {
    SimulationResult ours() {
      return results.getFirst();
    }

    double ratio(SimulationResult result) {
      return result.instanceHours() / bound;
    }

    boolean holds(SimulationResult result) {
      return result.inTime(week.target) >= SHARE;
    }

    @Nullable SimulationResult cheapestPeer() {
      SimulationResult best = null;
      for (SimulationResult result : results.subList(1, results.size())) {
        if (holds(result) && (best == null || result.instanceHours() < best.instanceHours())) {
          best = result;
        }
      }
      return best;
    }

    String name() {
      return week.trace().name() + ", " + target();
    }

    String target() {
      return week.target >= 3600
          ? Math.round(week.target / 3600) + " h"
          : Math.round(week.target) + " s";
    }
  }
}
