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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;

/** A steady load must not move the fleet, once the planner knows it. */
class SteadyLoadProperties {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final double DAY = 86_400;

  /** Shorter than a boot, so that slots stand ready for tasks that have not come yet. */
  private static final double TARGET = 60;

  /** Launches of the last half day, and the fleet's mean size in it. */
  private static final class Watched implements Policy {
    private final CastloomPolicy planner;
    private final double from;
    int launches;
    double size;
    int ticks;

    Watched(double from) {
      InstanceType type = new InstanceType("m", 1, 1, 0.1, 0.04);
      ScalingSettings settings =
          ScalingSettings.defaults(type, 99).withLimits(new Limits(Map.of(), 60, 50, 99));
      for (WorkClass workClass : WorkClass.values()) {
        settings = settings.withTarget(workClass, Duration.ofSeconds((long) TARGET));
      }
      this.planner = new CastloomPolicy("watched", settings, START);
      this.from = from;
    }

    /** Of the time that the fleet cost. */
    double shareOfBoots() {
      return launches * 110.0 / (size / ticks * DAY / 2);
    }

    @Override
    public String name() {
      return planner.name();
    }

    @Override
    public void tick(SimulatedFleet fleet) {
      int before = fleet.launches;
      planner.tick(fleet);
      if (fleet.now >= from && fleet.now < from + DAY / 2) {
        launches += fleet.launches - before;
        size += fleet.machines.size();
        ticks++;
      }
    }
  }

  private static Trace trace(double interval, double service, @Nullable SplittableRandom random) {
    List<Job> jobs = new ArrayList<>();
    Lane lane = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);
    for (double at = 0; at < DAY; ) {
      jobs.add(new Job(at, service, service, lane));
      at += random == null ? interval : -Math.log(1 - random.nextDouble()) * interval;
    }
    return new Trace("steady", "one rate", DAY, jobs, List.of());
  }

  @Property(tries = 30)
  void evenly_spaced_tasks_do_not_move_the_fleet(
      @ForAll @IntRange(min = 5, max = 90) int interval,
      @ForAll @IntRange(min = 4, max = 110) int service) {
    Watched watched = new Watched(DAY / 2);
    SimulationResult result =
        Simulation.run(trace(interval, service, null), new World(110, 150, 0, 1), watched, 10);
    assertThat(watched.shareOfBoots()).isLessThan(0.03);
    assertThat(result.inTime(TARGET)).isGreaterThan(0.95);
  }

  @Property(tries = 30)
  void evenly_spaced_tasks_longer_than_a_boot_do_not_move_it_either(
      @ForAll @IntRange(min = 20, max = 90) int interval,
      @ForAll @IntRange(min = 111, max = 900) int service) {
    Watched watched = new Watched(DAY / 2);
    SimulationResult result =
        Simulation.run(trace(interval, service, null), new World(110, 150, 0, 1), watched, 10);
    assertThat(watched.shareOfBoots()).isLessThan(0.04);
    assertThat(result.inTime(TARGET)).isGreaterThan(0.95);
  }

  @Property(tries = 12)
  void tasks_at_random_move_it_by_a_small_part_of_what_it_works(
      @ForAll @IntRange(min = 5, max = 60) int interval,
      @ForAll @IntRange(min = 4, max = 110) int service,
      @ForAll @IntRange(max = 1000) int seed) {
    Watched watched = new Watched(DAY / 2);
    Simulation.run(
        trace(interval, service, new SplittableRandom(seed)),
        new World(110, 150, 0, seed),
        watched,
        10);
    assertThat(watched.shareOfBoots()).isLessThan(0.15);
  }

  @Example
  void a_load_just_below_or_above_a_number_of_slots_does_not_move_the_fleet() {
    for (int[] load : new int[][] {{21, 61}, {13, 63}, {19, 92}, {16, 93}}) {
      Watched watched = new Watched(DAY / 2);
      Simulation.run(trace(load[0], load[1], null), new World(110, 150, 0, 1), watched, 10);
      assertThat(watched.launches).as("one of %d s each %d s", load[1], load[0]).isLessThan(5);
    }
  }

  @Example
  void between_two_tasks_no_instance_is_let_go_for_the_second() {
    for (int[] load : new int[][] {{89, 150}, {78, 161}, {69, 148}, {56, 174}}) {
      Watched watched = new Watched(DAY / 2);
      Simulation.run(trace(load[0], load[1], null), new World(110, 150, 0, 1), watched, 10);
      assertThat(watched.shareOfBoots())
          .as("one of %d s each %d s", load[1], load[0])
          .isLessThan(0.04);
    }
  }

  @Example
  void short_tasks_at_a_high_rate_are_in_time() {
    Watched watched = new Watched(DAY / 2);
    SimulationResult result =
        Simulation.run(
            trace(5, 30, new SplittableRandom(1)), new World(110, 150, 0, 1), watched, 10);
    assertThat(result.inTime(TARGET)).isGreaterThan(0.95);
    assertThat(watched.size / watched.ticks).isCloseTo(7.4, Percentage.withPercentage(10));
  }
}
