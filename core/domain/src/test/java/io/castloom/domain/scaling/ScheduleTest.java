package io.castloom.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Schedule at(String cron) {
    return new Schedule(WorkKind.TRANSCODE, cron, BERLIN, Duration.ofHours(1), 2);
  }

  private static boolean stands(String cron, String instant) {
    return at(cron).stands(Instant.parse(instant), Duration.ZERO);
  }

  @Test
  void it_stands_by_the_wall_clock_in_winter_and_in_summer() {
    assertThat(stands("50 1 * * *", "2026-01-10T00:49:00Z")).isFalse();
    assertThat(stands("50 1 * * *", "2026-01-10T00:50:00Z")).isTrue();
    assertThat(stands("50 1 * * *", "2026-07-10T00:00:00Z")).isTrue();
    assertThat(stands("50 1 * * *", "2026-07-10T00:50:00Z")).isFalse();
  }

  @Test
  void a_time_that_the_clock_skips_fires_later_by_the_gap() {
    // 2026-03-29: 02:00 becomes 03:00; 02:30 is taken as 03:30 summer time, 01:30 UTC
    assertThat(stands("30 2 * * *", "2026-03-29T01:29:00Z")).isFalse();
    assertThat(stands("30 2 * * *", "2026-03-29T01:30:00Z")).isTrue();
  }

  @Test
  void a_time_that_the_clock_repeats_fires_once_the_first_time() {
    // 2026-10-25: 02:30 comes twice, at 00:30 and at 01:30 UTC
    assertThat(stands("30 2 * * *", "2026-10-25T00:30:00Z")).isTrue();
    assertThat(stands("30 2 * * *", "2026-10-25T01:30:00Z")).isFalse();
  }

  @Test
  void it_stands_ahead_of_its_time_for_the_boot() {
    assertThat(at("0 3 * * *").stands(Instant.parse("2026-01-10T01:58:00Z"), Duration.ofMinutes(3)))
        .isTrue();
    assertThat(at("0 3 * * *").stands(Instant.parse("2026-01-10T01:56:00Z"), Duration.ofMinutes(3)))
        .isFalse();
  }

  @Test
  void lists_ranges_steps_and_names_are_understood() {
    assertThat(stands("*/20 9-17 * jan,jul mon-fri", "2026-01-09T08:41:00Z")).isTrue();
    assertThat(stands("0 9 * * sat", "2026-01-09T08:41:00Z")).isFalse();
    assertThat(stands("0 9 1 * fri", "2026-01-09T08:41:00Z")).as("either day is enough").isTrue();
    assertThat(stands("0 9 * * 7", "2026-01-11T08:41:00Z")).as("7 is Sunday").isTrue();
  }
}
