package io.castloom.domain.fleet.roll;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class RollPlannerProperties {

  private static RollWorld play(RollWorld world, int crashEvery) {
    for (int i = 0; i < 6_000 && !world.roll.ended(); i++) {
      world.step(crashEvery > 0 && i % crashEvery == 0);
    }
    return world;
  }

  @Property(tries = 300)
  void a_good_image_reaches_every_instance_and_capacity_never_falls_below_what_is_needed(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll @IntRange(min = 0, max = 3) int room,
      @ForAll @IntRange(min = 0, max = 3) int crashEvery) {
    RollWorld world = new RollWorld(seed, wanted, wanted + room + 1);
    world.newFails = 0;
    play(world, crashEvery == 1 ? 2 : crashEvery);
    assertThat(world.broken).isEmpty();
    assertThat(world.roll.phase()).as("%s", world.roll).isEqualTo(Roll.Phase.DONE);
    assertThat(world.of(RollWorld.OLD)).isZero();
  }

  @Property(tries = 300)
  void an_image_on_which_tasks_fail_goes_back_before_it_is_rolled_out(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int wanted) {
    RollWorld world = new RollWorld(seed, wanted, wanted + 2);
    world.newFails = 0.95;
    play(world, 0);
    assertThat(world.broken).isEmpty();
    assertThat(world.roll.phase()).as("%s", world.roll).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(world.of(RollWorld.NEW)).isZero();
    assertThat(world.roll.note()).contains("tasks failed on 2,");
  }

  @Property(tries = 300)
  void an_image_that_does_not_come_up_goes_back(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int wanted) {
    RollWorld world = new RollWorld(seed, wanted, wanted + 2);
    world.newNeverBoots = 1;
    play(world, 0);
    assertThat(world.broken).isEmpty();
    assertThat(world.roll.phase()).as("%s", world.roll).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(world.working()).isPositive();
  }

  @Property(tries = 300)
  void an_aborted_roll_leaves_the_old_image_everywhere(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int wanted,
      @ForAll @IntRange(min = 1, max = 400) int when) {
    RollWorld world = new RollWorld(seed, wanted, wanted + 2);
    for (int i = 0; i < when && !world.roll.ended(); i++) {
      world.step(false);
    }
    if (world.roll.ended()) {
      return;
    }
    world.roll = world.roll.abort("aborted", java.time.Instant.parse("2026-01-05T13:00:00Z"));
    play(world, 0);
    assertThat(world.broken).isEmpty();
    assertThat(world.roll.phase()).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(world.of(RollWorld.NEW)).isZero();
    assertThat(world.roll.note()).isEqualTo("aborted");
  }
}
