package io.castloom.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LearnedTimesTest {
  private static final Tuning TUNING = Tuning.DEFAULT;

  @Test
  void before_the_first_boot_the_prior_is_believed() {
    LogNormal law = BootMemory.NONE.law(TUNING);
    assertThat(law.mean()).isCloseTo(110, within(1.0));
    assertThat(law.quantile(0.9)).isCloseTo(150, within(2.0));
  }

  @Test
  void boots_are_learned_and_one_outlier_changes_little() {
    BootMemory boots = BootMemory.NONE;
    for (int i = 0; i < 40; i++) {
      boots = ripe(boots, 40 + i % 5);
    }
    double before = boots.law(TUNING).quantile(0.9);
    double after = ripe(boots, 3000).law(TUNING).quantile(0.9);
    assertThat(before).isBetween(40.0, 75.0);
    assertThat(after).isCloseTo(before, within(8.0));
  }

  private static BootMemory ripe(BootMemory boots, double seconds) {
    return boots.booted(Instant.EPOCH, seconds).ripened(Instant.EPOCH.plusSeconds(9999), TUNING);
  }

  @Test
  void the_fast_boots_of_a_wave_teach_nothing_until_the_slow_ones_are_up() {
    BootMemory boots = BootMemory.NONE;
    for (int i = 0; i < 30; i++) {
      boots = boots.booted(Instant.EPOCH, 70).ripened(Instant.EPOCH.plusSeconds(70), TUNING);
    }
    assertThat(boots.law(TUNING)).isEqualTo(BootMemory.NONE.law(TUNING));
  }

  @Test
  void service_times_are_robust_to_outliers() {
    ServiceMemory prior = ServiceMemory.believed(180, 0.8);
    ServiceMemory services = prior;
    for (int i = 0; i < 60; i++) {
      services = services.after(i % 20 == 7 ? 9000 : 100 + i % 10, prior);
    }
    assertThat(services.mean()).isBetween(95.0, 130.0);
  }

  @Test
  void many_failed_boots_in_a_row_give_the_next_more_time() {
    BootMemory boots = BootMemory.NONE;
    double first = boots.giveUpAfter(TUNING);
    for (int i = 0; i < 4; i++) {
      boots = boots.failed(Instant.EPOCH, 9);
    }
    assertThat(first).isBetween(200.0, 400.0);
    assertThat(boots.giveUpAfter(TUNING)).isGreaterThan(1.9 * first);
    assertThat(ripe(boots, 120).giveUpAfter(TUNING)).isLessThan(1.5 * first);
  }

  @Test
  void half_of_the_boots_failing_is_learned() {
    BootMemory boots = BootMemory.NONE;
    for (int i = 0; i < 60; i++) {
      boots = i % 2 == 0 ? ripe(boots, 100) : boots.failed(Instant.EPOCH, 99);
    }
    assertThat(boots.failureChance()).isBetween(0.3, 0.6);
  }

  @Test
  void a_burst_is_believed_at_once_and_silence_only_after_long() {
    RateMemory rate = RateMemory.NONE;
    for (int minute = 0; minute < 600; minute++) {
      rate = rate.after(60, minute % 10 == 0 ? 1 : 0);
    }
    double usual = rate.estimate().perSecond();
    assertThat(usual).isCloseTo(1 / 600.0, within(0.0008));
    RateMemory burst = rate.after(60, 30);
    assertThat(burst.estimate().perSecond()).isGreaterThan(3 * usual);
    RateMemory silent = rate;
    for (int minute = 0; minute < 20; minute++) {
      silent = silent.after(60, 0);
    }
    assertThat(silent.estimate().perSecond()).isGreaterThan(usual / 4);
  }

  @Test
  void the_calendar_is_used_only_while_it_has_beaten_no_calendar() {
    CalendarMemory regular = CalendarMemory.NONE;
    CalendarMemory erratic = CalendarMemory.NONE;
    java.util.SplittableRandom random = new java.util.SplittableRandom(4);
    for (long hour = 0; hour < 24 * 21; hour++) {
      Instant at = Instant.parse("2026-01-05T00:30:00Z").plusSeconds(hour * 3600);
      regular = regular.after(at, hour % 24 == 9 ? 100 : 5);
      // slow drifts that no hour of the week explains
      erratic = erratic.after(at, 50 + 45 * Math.sin(hour / 31.0) + random.nextDouble());
    }
    assertThat(regular.trusted()).isTrue();
    assertThat(regular.rate(Instant.parse("2026-01-26T09:10:00Z")))
        .isCloseTo(100 / 3600.0, within(0.001));
    assertThat(erratic.trusted()).isFalse();
  }

  @Test
  void the_price_of_a_late_task_rises_with_late_tasks_and_falls_without() {
    ScalingSettings settings = ScalingSettings.defaults(new InstanceType("m", 1, 1, 0.1, 0.1), 1);
    LaneMemory even = new LaneMemory(0, 500, RateMemory.NONE, CalendarMemory.NONE);
    LaneMemory late = new LaneMemory(10, 500, RateMemory.NONE, CalendarMemory.NONE);
    LaneMemory early = new LaneMemory(-10, 500, RateMemory.NONE, CalendarMemory.NONE);
    assertThat(LatePrice.of(even, 300, settings)).isCloseTo(300, within(1e-9));
    assertThat(LatePrice.of(late, 300, settings)).isGreaterThan(600);
    assertThat(LatePrice.of(early, 300, settings)).isLessThan(150);
    assertThat(
            LatePrice.of(
                new LaneMemory(1e6, 500, RateMemory.NONE, CalendarMemory.NONE), 300, settings))
        .isLessThanOrEqualTo(Durations.seconds(TUNING.latePriceCeiling()));
  }
}
