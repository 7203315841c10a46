package io.castloom.domain.scaling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Limits;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Days in which things go wrong, and what must hold through all of them. */
class SimulatedPlannerTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final InstanceType TYPE = new InstanceType("m", 1, 1, 0.1, 0.04);
  private static final double DAY = 86_400;

  private static ScalingSettings settings(int max, double budget, long targetSeconds) {
    ScalingSettings settings =
        ScalingSettings.defaults(TYPE, budget).withLimits(new Limits(Map.of(), max, 50, budget));
    for (WorkClass workClass : WorkClass.values()) {
      settings = settings.withTarget(workClass, Duration.ofSeconds(targetSeconds));
    }
    return settings;
  }

  private static Trace steady(long seed, double rate, double service, double seconds) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Job> jobs = new ArrayList<>();
    WorkClass[] classes = WorkClass.values();
    for (double t = 0; t < seconds; t += -Math.log(1 - random.nextDouble()) / rate) {
      double length = service * (0.5 + random.nextDouble());
      WorkKind kind = random.nextInt(4) == 0 ? WorkKind.ASSEMBLY : WorkKind.TRANSCODE;
      jobs.add(new Job(t, length, length, new Lane(kind, classes[random.nextInt(3)])));
    }
    return new Trace("steady", "one rate", seconds, jobs, List.of());
  }

  /** Watches what the planner does to the fleet. */
  private static final class Watched implements Policy {
    private final CastloomPolicy planner;
    private final Limits limits;
    int most;
    int launchesOnLastDay;

    Watched(ScalingSettings settings) {
      this.planner = new CastloomPolicy("watched", settings, START);
      this.limits = settings.limits();
    }

    @Override
    public String name() {
      return planner.name();
    }

    @Override
    public void tick(SimulatedFleet fleet) {
      Set<String> busy = new HashSet<>();
      for (Machine machine : fleet.machines) {
        if (!machine.running.isEmpty()) {
          busy.add(machine.id);
        }
      }
      int before = fleet.launches;
      planner.tick(fleet);
      launchesOnLastDay += fleet.now > fleet.trace.seconds() - DAY ? fleet.launches - before : 0;
      most = Math.max(most, fleet.machines.size());
      Set<String> left = new HashSet<>();
      fleet.machines.forEach(m -> left.add(m.id));
      assertThat(left).as("a busy instance is never ended").containsAll(busy);
      assertThat(fleet.machines).as("max").hasSizeLessThanOrEqualTo(limits.maxInstances());
      double hourly = fleet.machines.stream().mapToDouble(m -> m.type.usdPerHour(m.market)).sum();
      assertThat(hourly).as("budget").isLessThanOrEqualTo(limits.hourlyBudgetUsd() + 1e-9);
      assertThat(fleet.machines.stream().noneMatch(m -> m.draining && !m.running.isEmpty()))
          .isTrue();
    }
  }

  @Test
  void limits_hold_and_no_busy_instance_is_drained_whatever_arrives() {
    for (int seed = 0; seed < 3; seed++) {
      Trace trace = steady(seed, 0.02 + 0.02 * seed, 100 + 60 * seed, DAY / 4);
      Watched policy = new Watched(settings(8 + seed, 0.1 * (6 + seed), seed % 2 == 0 ? 60 : 300));
      SimulationResult result = Simulation.run(trace, World.usual(seed), policy, 10);
      assertThat(result.waitPercentile(1)).as("every job starts at last").isFinite();
      assertThat(policy.most).isPositive();
    }
  }

  @Test
  void the_same_seed_gives_the_same_day() {
    Trace trace = steady(3, 0.02, 200, DAY / 4);
    SimulationResult one =
        Simulation.run(
            trace, World.usual(3), new CastloomPolicy("a", settings(50, 99, 60), START), 10);
    SimulationResult two =
        Simulation.run(
            trace, World.usual(3), new CastloomPolicy("b", settings(50, 99, 60), START), 10);
    assertThat(one.waits()).isEqualTo(two.waits());
    assertThat(one.instanceHours()).isEqualTo(two.instanceHours());
  }

  @Test
  void a_steady_load_does_not_flap() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i * 20 < 2 * DAY; i++) {
      jobs.add(new Job(i * 20, 190, 190, new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL)));
    }
    Watched policy = new Watched(settings(50, 99, 300));
    SimulationResult result =
        Simulation.run(
            new Trace("even", "even", 2 * DAY, jobs, List.of()),
            new World(110, 150, 0, 1),
            policy,
            10);
    assertThat(result.inTime(300)).isGreaterThan(0.95);
    assertThat(policy.launchesOnLastDay).as("ten slots for 9.5 of work").isLessThan(24);
  }

  @Test
  void slow_boots_do_not_run_away() {
    Trace trace = steady(5, 0.02, 200, DAY / 2);
    Watched policy = new Watched(settings(200, 99, 300));
    SimulationResult result = Simulation.run(trace, new World(900, 1300, 0.02, 5), policy, 10);
    // four slots of work on average; a planner that forgot what is booting would launch hundreds
    assertThat(policy.most).isLessThan(100);
    assertThat(result.waitPercentile(1)).isFinite();
  }

  @Test
  void with_half_of_the_boots_failing_the_work_is_still_done() {
    Trace trace = steady(6, 0.02, 200, DAY);
    Watched policy = new Watched(settings(200, 99, 300));
    SimulationResult result = Simulation.run(trace, new World(110, 150, 0.5, 6), policy, 10);
    assertThat(result.inTime(300)).isGreaterThan(0.9);
    assertThat(policy.most).isLessThan(60);
    assertThat(result.instanceHours()).isLessThan(2.5 * trace.workHours());
  }

  @Test
  void instances_with_several_slots_are_filled() {
    InstanceType four = new InstanceType("four", 4, 1, 0.3, 0.12);
    ScalingSettings settings = settings(50, 99, 300).withTypes(List.of(four));
    Trace trace = steady(7, 0.05, 200, DAY / 2);
    SimulationResult result =
        Simulation.run(trace, World.usual(7), new CastloomPolicy("four", settings, START), 10);
    assertThat(result.inTime(300)).isGreaterThan(0.95);
    assertThat(result.instanceHours()).isLessThan(trace.workHours() / 4 * 2.5);
  }

  @Test
  void announced_work_starts_in_time_although_a_boot_takes_longer_than_its_target() {
    Lane lane = new Lane(WorkKind.ASSEMBLY, WorkClass.NORMAL);
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      jobs.add(new Job(7200, 100, 100, lane));
    }
    Trace trace =
        new Trace(
            "night",
            "one bunch",
            10_000,
            jobs,
            List.of(new Trace.Announced(0, 7200, lane, 100, 100)));
    SimulationResult result =
        Simulation.run(
            trace, World.usual(8), new CastloomPolicy("night", settings(200, 99, 60), START), 10);
    assertThat(result.inTime(60)).isGreaterThan(0.9);
    assertThat(result.instanceHours()).isLessThan(100 * 400 / 3600.0);
  }
}
