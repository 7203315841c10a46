package io.castloom.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsReaderTest {

  private static int slots(SettingsReader reader) {
    return reader.integer("worker.slots", 2, 1, 64, "tasks at once");
  }

  private static SettingsReader reader(Map<String, String> flags, Map<String, String> environment)
      throws IOException {
    SettingsReader reader = new SettingsReader(flags, environment);
    reader.addFile("config/worker.json", "{\"worker\":{\"slots\":5},\"documentVersion\":3}");
    return reader;
  }

  @Test
  void a_flag_wins_over_the_environment_over_the_file_over_the_default() throws IOException {
    Map<String, String> environment = Map.of("CASTLOOM_WORKER_SLOTS", "7");
    assertThat(slots(reader(Map.of("worker.slots", "9"), environment))).isEqualTo(9);
    assertThat(slots(reader(Map.of(), environment))).isEqualTo(7);
    assertThat(slots(reader(Map.of(), Map.of()))).isEqualTo(5);
    assertThat(slots(new SettingsReader(Map.of(), Map.of()))).isEqualTo(2);
    SettingsReader reader = reader(Map.of(), environment);
    slots(reader);
    assertThat(reader.values().getFirst().origin()).isEqualTo("environment");
    assertThat(reader.describe()).contains("worker.slots  7  environment");
  }

  @Test
  void a_key_has_one_name_in_the_environment() {
    assertThat(SettingsReader.environmentName("autoscaler.targetWait.high"))
        .isEqualTo("CASTLOOM_AUTOSCALER_TARGET_WAIT_HIGH");
    assertThat(SettingsReader.environmentName("env")).isEqualTo("CASTLOOM_ENV");
  }

  @Test
  void an_unknown_key_is_refused_with_what_was_meant() throws IOException {
    SettingsReader reader = new SettingsReader(Map.of("worker.slot", "1"), Map.of());
    slots(reader);
    assertThatThrownBy(reader::finish)
        .isInstanceOf(SettingsException.class)
        .hasMessage("unknown setting worker.slot: did you mean worker.slots?");
    SettingsReader variable =
        new SettingsReader(
            Map.of(), Map.of("CASTLOOM_WORKER_SLOTZ", "1", "CASTLOOM_INGEST_PORT", "1"));
    slots(variable);
    assertThatThrownBy(variable::finish)
        .hasMessage("unknown variable CASTLOOM_WORKER_SLOTZ: did you mean CASTLOOM_WORKER_SLOTS?");
  }

  @Test
  void all_problems_are_told_at_once_with_their_rule_and_origin() {
    SettingsReader reader =
        new SettingsReader(
            Map.of("worker.slots", "99", "worker.cache", "5 apples"),
            Map.of("CASTLOOM_WORKER_KEEP", "soon"));
    assertThat(slots(reader)).isEqualTo(2);
    reader.size("worker.cache", 1 << 30, 1, 1L << 40, "");
    reader.duration("worker.keep", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(1), "");
    assertThatThrownBy(reader::finish)
        .hasMessageContaining("worker.slots = \"99\" (flag): it is 1 to 64")
        .hasMessageContaining("worker.cache = \"5 apples\" (flag): a size is written like 512MiB")
        .hasMessageContaining("worker.keep = \"soon\" (environment): a duration is written like");
  }

  @Test
  void durations_sizes_and_money_are_read_as_people_write_them() {
    for (String text : List.of("250ms", "90s", "5m", "1h30m", "2d")) {
      assertThat(Units.duration(Units.write(Units.duration(text)))).isEqualTo(Units.duration(text));
    }
    assertThat(Units.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Units.size("512MiB")).isEqualTo(512L << 20);
    assertThat(Units.size("20GB")).isEqualTo(20_000_000_000L);
    assertThat(Units.writeSize(20L << 30)).isEqualTo("20GiB");
    assertThat(Money.parse("2.50 USD").toString()).isEqualTo("2.50 USD");
    for (String wrong : List.of("", "5", "m5", "5m5", "1h 30m", "-5s")) {
      assertThatThrownBy(() -> Units.duration(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Money.parse("2.50")).hasMessageContaining("2.50 USD");
  }

  @Test
  void secrets_are_not_shown() {
    SettingsReader reader = new SettingsReader(Map.of("ingest.token", "abc"), Map.of());
    reader.text("ingest.token", "", "");
    assertThat(reader.describe()).contains("(hidden)").doesNotContain("abc");
  }
}
