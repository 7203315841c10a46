package io.castloom.domain.scaling.sim;

import java.util.ArrayList;
import java.util.List;

/** Runs a trace under a policy. */
public final class Simulation {
  private Simulation() {}

  /**
   * Runs it to the end of the trace and on until every job is done, but at most two days longer.
   *
   * @param trace what arrives
   * @param world how instances behave
   * @param policy who scales
   * @param tickSeconds how often it looks
   * @return what came of it
   */
  public static SimulationResult run(Trace trace, World world, Policy policy, double tickSeconds) {
    SimulatedFleet fleet = new SimulatedFleet(trace, world);
    List<SimulationResult.Sample> samples = new ArrayList<>();
    double end = trace.seconds() + 2 * 86_400;
    double nextSample = 0;
    for (long tick = 0; ; tick++) {
      double at = tick * tickSeconds;
      fleet.advance(at);
      if (at >= nextSample) {
        samples.add(
            new SimulationResult.Sample(
                at,
                fleet.waitingCount(),
                fleet.oldestWait(),
                fleet.runningCount(),
                fleet.machines.size()));
        nextSample = at + 300;
      }
      if (at >= end || (at >= trace.seconds() && fleet.allDone())) {
        break;
      }
      policy.tick(fleet);
    }
    double[] waits = new double[fleet.started.length];
    for (int i = 0; i < waits.length; i++) {
      waits[i] =
          fleet.started[i] < 0
              ? Double.POSITIVE_INFINITY
              : fleet.started[i] - trace.jobs().get(i).arrival();
    }
    return new SimulationResult(
        policy.name(),
        fleet.instanceSeconds(),
        fleet.usd(),
        fleet.launches,
        fleet.failedBoots,
        fleet.mostAtOnce,
        waits,
        samples);
  }
}
