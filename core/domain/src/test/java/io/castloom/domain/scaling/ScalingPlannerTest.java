package io.castloom.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingPlannerTest {
  @Test
  void nothing_waits_and_nothing_happens() {
    Decision decision = new Scene().decide();
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.explanation().summary()).startsWith("hold");
  }

  @Test
  void a_task_with_time_left_does_not_launch_yet() {
    assertThat(new Scene().waiting(1, Scene.NORMAL, 5).decide().launches()).isZero();
  }

  @Test
  void a_task_for_which_the_next_tick_would_be_too_late_launches() {
    assertThat(new Scene().waiting(1, Scene.NORMAL, 160).decide().launches()).isEqualTo(1);
  }

  @Test
  void an_instance_that_boots_already_is_not_launched_again() {
    assertThat(new Scene().waiting(1, Scene.NORMAL, 160).pending("i-1", 60).decide().launches())
        .isZero();
  }

  @Test
  void many_urgent_tasks_launch_many() {
    int launches = new Scene().waiting(40, Scene.NORMAL, 170).decide().launches();
    assertThat(launches).isBetween(30, 40);
  }

  @Test
  void a_backlog_that_nobody_can_start_in_time_is_worked_off_all_the_same() {
    assertThat(new Scene().waiting(5000, Scene.NORMAL, 100).decide().launches()).isGreaterThan(50);
  }

  @Test
  void an_overdue_task_alone_launches() {
    assertThat(new Scene().waiting(1, Scene.NORMAL, 4000).decide().launches()).isEqualTo(1);
  }

  @Test
  void an_idle_instance_is_drained_and_a_busy_one_is_not() {
    Decision decision = new Scene().idle("i-idle", 100, 500).busy("i-busy").decide();
    assertThat(decision.actions())
        .extracting(a -> ((Action.Drain) a).instanceId())
        .containsExactly("i-idle");
  }

  @Test
  void nothing_is_drained_within_the_billing_minimum() {
    assertThat(new Scene().idle("i-1", 10, 40).decide().drains()).isZero();
  }

  @Test
  void an_idle_instance_stays_for_announced_work() {
    assertThat(new Scene().idle("i-1", 100, 500).announced(Scene.HIGH, 1, 30).decide().drains())
        .isZero();
  }

  @Test
  void announced_work_boots_before_it_comes() {
    assertThat(new Scene().announced(Scene.HIGH, 30, 100).decide().launches())
        .isGreaterThanOrEqualTo(28);
    assertThat(new Scene().announced(Scene.HIGH, 30, 500).decide().launches()).isZero();
  }

  @Test
  void stale_heartbeats_drain_nothing() {
    Signal old = new Signal(Scene.NOON, Scene.NOON.minusSeconds(90), Scene.NOON, true);
    Decision decision = new Scene().idle("i-1", 100, 500).signal(old).decide();
    assertThat(decision.drains()).isZero();
    assertThat(decision.explanation().notes()).anyMatch(n -> n.contains("heartbeats"));
  }

  @Test
  void when_the_index_is_unreadable_the_counts_stand_in_and_nothing_is_drained() {
    Signal unreadable = new Signal(null, Scene.NOON, Scene.NOON, true);
    Decision decision =
        new Scene().counts(Scene.NORMAL, 2000, 0).idle("i-1", 100, 500).signal(unreadable).decide();
    assertThat(decision.launches()).isPositive();
    assertThat(decision.drains()).isZero();
    assertThat(decision.explanation().notes()).anyMatch(n -> n.contains("count alone"));
  }

  @Test
  void a_queue_that_contradicts_the_index_drains_nothing() {
    Decision decision = new Scene().counts(Scene.NORMAL, 50, 0).idle("i-1", 100, 500).decide();
    assertThat(decision.drains()).isZero();
    assertThat(decision.explanation().notes()).anyMatch(n -> n.contains("until they agree"));
  }

  @Test
  void tasks_in_flight_that_no_heartbeat_shows_drain_nothing() {
    assertThat(new Scene().counts(Scene.NORMAL, 0, 9).idle("i-1", 100, 500).decide().drains())
        .isZero();
  }

  @Test
  void the_maximum_the_step_and_the_budget_hold_and_are_named() {
    Scene many = new Scene().waiting(100, Scene.NORMAL, 170).busy("i-1");
    Decision max = many.settings("maxInstances", "10").decide();
    assertThat(max.launches()).isEqualTo(9);
    assertThat(max.explanation().notes()).anyMatch(n -> n.contains("maxInstances"));
    Decision step = many.settings("maxInstances", "200").settings("maxLaunchPerTick", "3").decide();
    assertThat(step.launches()).isEqualTo(3);
    assertThat(step.explanation().notes()).anyMatch(n -> n.contains("maxLaunchPerTick"));
    Decision budget =
        many.settings("maxLaunchPerTick", "200").settings("hourlyBudgetUsd", "0.55 USD").decide();
    assertThat(budget.launches()).isEqualTo(4);
    assertThat(budget.forecast().hourlyCostUsd()).isLessThanOrEqualTo(0.55);
    assertThat(budget.explanation().notes()).anyMatch(n -> n.contains("budget"));
  }

  @Test
  void a_short_budget_goes_to_the_most_urgent_class() {
    Scene scene = new Scene().waiting(5, Scene.BULK, 3500).settings("hourlyBudgetUsd", "0.1");
    List<Action> actions =
        new Scene()
            .waiting(5, new Lane(WorkKind.TRANSCODE, WorkClass.BULK), 3500)
            .waiting(1, new Lane(WorkKind.ASSEMBLY, WorkClass.HIGH), 50)
            .settings("hourlyBudgetUsd", "0.1")
            .decide()
            .actions();
    assertThat(scene.decide().launches()).isPositive();
    assertThat(actions)
        .extracting(a -> ((Action.Launch) a).kind())
        .containsExactly(WorkKind.ASSEMBLY);
  }

  @Test
  void a_boot_that_takes_too_long_is_given_up() {
    Decision decision = new Scene().pending("i-1", 2000).decide();
    assertThat(decision.actions()).singleElement().isInstanceOf(Action.GiveUpBoot.class);
    assertThat(decision.memory().boots(WorkKind.TRANSCODE).failuresInARow()).isEqualTo(1);
  }

  @Test
  void launches_that_fail_one_after_another_open_the_breaker() {
    Decision decision = new Scene().waiting(10, Scene.NORMAL, 170).launchesFailed(5).decide();
    assertThat(decision.launches()).isZero();
    assertThat(decision.explanation().notes())
        .anyMatch(n -> n.contains("failed one after another"));
  }

  @Test
  void a_pause_holds_one_direction_and_says_so() {
    String later = Scene.NOON.plusSeconds(600).toString();
    Decision out =
        new Scene().waiting(1, Scene.NORMAL, 170).settings("pauseOutUntil", later).decide();
    assertThat(out.launches()).isZero();
    assertThat(out.explanation().notes()).anyMatch(n -> n.contains("scale-out is paused"));
    Decision in = new Scene().idle("i-1", 100, 500).settings("pauseInUntil", later).decide();
    assertThat(in.drains()).isZero();
    assertThat(in.explanation().notes()).anyMatch(n -> n.contains("scale-in is paused"));
  }

  @Test
  void the_minimum_is_launched_and_kept() {
    Scene scene = new Scene().settings("minInstances.transcode", "2").idle("i-1", 100, 500);
    assertThat(scene.decide().launches()).isEqualTo(1);
    assertThat(scene.decide().drains()).isZero();
  }

  @Test
  void a_launch_says_what_asked_for_it() {
    assertThat(new Scene().settings("minInstances.transcode", "2").decide().actions())
        .hasSize(2)
        .allMatch(it -> it.reason().equals("the minimum or a schedule asks for it"));
    assertThat(new Scene().waiting(20, Scene.NORMAL, 290).decide().actions())
        .isNotEmpty()
        .allMatch(it -> it.reason().contains("20 tasks wait or are announced"));
  }

  @Test
  void an_instance_that_still_boots_lets_none_go_that_is_up() {
    Scene scene =
        new Scene()
            .settings("minInstances.transcode", "1")
            .idle("i-1", 3000, 5000)
            .pending("i-2", 20);
    assertThat(scene.decide().drains()).isZero();
    assertThat(scene.idle("i-3", 3000, 5000).decide().drains()).isEqualTo(1);
  }

  @Test
  void a_schedule_keeps_capacity_from_one_boot_ahead() {
    assertThat(
            new Scene()
                .settings("schedules", "transcode | 1 12 * * * | UTC | 1h | 3")
                .decide()
                .launches())
        .isEqualTo(3);
    assertThat(
            new Scene()
                .settings("schedules", "transcode | 30 12 * * * | UTC | 1h | 3")
                .decide()
                .launches())
        .isZero();
  }

  @Test
  void one_task_gets_the_small_machine_and_many_get_the_one_that_is_cheaper_by_the_slot() {
    String types = "small 1 1 0.10 0.10; large 8 1 0.40 0.40";
    assertThat(launched(new Scene().settings("types", types).waiting(1, Scene.NORMAL, 170)))
        .containsExactly("small");
    assertThat(launched(new Scene().settings("types", types).waiting(16, Scene.NORMAL, 170)))
        .containsOnly("large")
        .hasSizeBetween(1, 2);
  }

  private static List<String> launched(Scene scene) {
    return scene.decide().actions().stream().map(a -> ((Action.Launch) a).type()).toList();
  }

  @Test
  void bulk_work_buys_spot_and_urgent_work_does_not() {
    assertThat(markets(new Scene().waiting(10, Scene.BULK, 3460))).contains(Market.SPOT);
    assertThat(markets(new Scene().waiting(10, Scene.NORMAL, 170))).containsOnly(Market.ON_DEMAND);
  }

  private static List<Market> markets(Scene scene) {
    return scene.decide().actions().stream().map(a -> ((Action.Launch) a).market()).toList();
  }

  @Test
  void the_same_picture_gives_the_same_decision() {
    Scene scene = new Scene().waiting(30, Scene.NORMAL, 150).busy("i-1").pending("i-2", 50);
    assertThat(scene.decide()).isEqualTo(scene.decide());
  }

  @Test
  void a_counterfactual_shows_one_more_and_one_fewer() {
    Scene scene = new Scene().waiting(6, Scene.NORMAL, 170).busy("i-1");
    List<Counterfactual> around = Counterfactual.around(scene.snapshot(), scene.settings);
    assertThat(around).extracting(Counterfactual::more).containsExactly(-1, 0, 1);
    assertThat(around.get(0).lateTasks()).isGreaterThanOrEqualTo(around.get(1).lateTasks());
    assertThat(around.get(2).extraCostUsd()).isPositive();
    assertThat(around)
        .extracting(Counterfactual::words)
        .containsExactly(
            "one transcode instance fewer",
            "the transcode instances as decided",
            "one transcode instance more");
  }

  @Test
  void a_counterfactual_of_idle_instances_has_no_late_tasks() {
    Scene scene = new Scene().idle("i-1", 30, 1_000);
    assertThat(Counterfactual.around(scene.snapshot(), scene.settings))
        .extracting(Counterfactual::lateTasks)
        .isNotEmpty()
        .containsOnly(0.0);
  }

  @Test
  void a_counterfactual_reckons_with_boots_that_fail_as_the_decision_does() {
    Scene scene = new Scene().waiting(1, Scene.NORMAL, 170);
    List<Counterfactual> around = Counterfactual.around(scene.snapshot(), scene.settings);
    assertThat(around.get(1).lateTasks()).isStrictlyBetween(0.0, 1.0);
    assertThat(around.get(2).lateTasks()).isLessThan(around.get(1).lateTasks());
  }
}
