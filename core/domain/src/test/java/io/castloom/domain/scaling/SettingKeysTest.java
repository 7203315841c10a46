package io.castloom.domain.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingKeysTest {
  private static final ScalingSettings DEFAULTS =
      ScalingSettings.defaults(new InstanceType("m", 1, 1, 0.1, 0.04), 5);

  @Test
  void a_target_is_set_by_its_key() {
    assertThat(SettingKeys.with(DEFAULTS, "targetWait.high", "45s").target(WorkClass.HIGH))
        .isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void an_unknown_key_names_the_nearest() {
    assertThatThrownBy(() -> SettingKeys.with(DEFAULTS, "targetwait.hihg", "45s"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("unknown setting 'targetwait.hihg': did you mean 'targetWait.high'?");
  }

  @ParameterizedTest
  @CsvSource({
    "targetWait.high, 5s, above the tick",
    "targetWait.high, soon, is a duration such as",
    "waitPercentile, 2, is 0.5 to 0.999",
    "maxInstances, 0, is 1 to 10000",
    "minInstances.transcode, 500, at most maxInstances",
    "hourlyBudgetUsd, 0, is above 0",
    "spotShare.bulk, 1.5, is 0 to 1",
    "tick, 10m, is 1s to 5m",
    "breakerFailures, x, is a whole number",
    "calendar, maybe, is true or false",
    "storeUsdPerThousandRequests, 5, is 0 to 1 US dollar for 1000 requests",
    "types, m 1 1 0 1, must be above 0",
    "types, m 1 1, name slots speed",
    "schedules, transcode | 99 1 * * * | UTC | 1h | 2, outside 0-59",
    "schedules, transcode | 0 1 * * * | Mars/Base | 1h | 2, time zone",
    "pauseInUntil, tomorrow, is an instant",
  })
  void a_value_out_of_range_is_refused_with_the_rule(String key, String value, String rule) {
    assertThatThrownBy(() -> SettingKeys.with(DEFAULTS, key, value))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void two_that_depend_on_each_other_are_changed_together() {
    ScalingSettings changed =
        SettingKeys.with(DEFAULTS, Map.of("minInstances.transcode", "30", "maxInstances", "40"));
    assertThat(changed.limits().maxInstances()).isEqualTo(40);
  }

  @Test
  void written_out_and_read_in_they_are_the_same() {
    ScalingSettings one =
        SettingKeys.with(
            DEFAULTS,
            Map.of(
                "schedules", "assembly | 50 1 * * mon-fri | Europe/Berlin | 90m | 4",
                "types", "a 2 1.5 0.2 0.1; b 1 1.0 0.1 0.05",
                "pauseOutUntil", "2026-11-25T08:00:00Z"));
    assertThat(SettingKeys.with(DEFAULTS, SettingKeys.text(one))).isEqualTo(one);
  }
}
