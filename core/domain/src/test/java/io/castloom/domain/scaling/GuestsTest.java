package io.castloom.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Workers that somebody started by hand. */
class GuestsTest {

  @Test
  void its_slots_take_the_tasks_for_which_an_instance_would_be_launched() {
    assertThat(new Scene().waiting(2, Scene.NORMAL, 170).decide().launches()).isEqualTo(2);
    Decision decision = new Scene().waiting(2, Scene.NORMAL, 170).guest("laptop", 2).decide();
    assertThat(decision.launches()).isZero();
    assertThat(decision.explanation().notes())
        .contains(
            "a worker started by hand (2 slots) counted as capacity; no limit counts and nobody ends it");
  }

  @Test
  void it_is_never_drained_however_long_it_is_idle() {
    Scene scene = new Scene().guest("laptop", 4).guest("desk", 1);
    assertThat(scene.decide().actions()).isEmpty();
    assertThat(scene.idle("i-1", 100, 500).decide().actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Drain.class, drain -> assertThat(drain.instanceId()).isEqualTo("i-1"));
  }

  @Test
  void the_greatest_number_of_instances_is_of_those_that_were_launched() {
    Scene scene = new Scene().settings("maxInstances", "1").guest("laptop", 1).guest("desk", 1);
    assertThat(scene.waiting(40, Scene.NORMAL, 170).decide().launches()).isEqualTo(1);
  }

  @Test
  void it_costs_nothing_of_the_budget() {
    Scene scene = new Scene().settings("hourlyBudgetUsd", "0.1").guest("laptop", 1);
    Decision decision = scene.waiting(40, Scene.NORMAL, 170).decide();
    assertThat(decision.launches()).isEqualTo(1);
    assertThat(decision.forecast().hourlyCostUsd()).isEqualTo(0.1);
  }

  @Test
  void a_minimum_is_kept_beside_it_because_it_may_leave_at_any_time() {
    Scene scene = new Scene().settings("minInstances.transcode", "1").guest("laptop", 4);
    assertThat(scene.decide().launches()).isEqualTo(1);
    assertThat(scene.idle("i-1", 100, 500).decide().actions()).isEmpty();
  }
}
