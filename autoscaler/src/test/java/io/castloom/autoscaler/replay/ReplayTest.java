package io.castloom.autoscaler.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InvalidSettingException;
import io.castloom.domain.scaling.ScalingSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final ScalingSettings SETTINGS =
      ScalingSettings.defaults(new InstanceType("m", 1, 1, 0.1, 0.04), 10);

  private static InputStream csv(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String day() {
    StringBuilder csv = new StringBuilder("arrival,service\n");
    for (int i = 0; i < 200; i++) {
      csv.append(i * 120).append(',').append(100 + i % 7 * 50).append('\n');
    }
    return csv.toString();
  }

  private static String told(SimulateRun.Options options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SimulateRun.run(
        "day", csv(day()), new PrintStream(out, true, StandardCharsets.UTF_8), SETTINGS, options);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static SimulateRun.Options options(
      Map<String, String> changes, boolean json, @Nullable Path report) {
    return new SimulateRun.Options(changes, true, json, report, 1);
  }

  @Test
  void the_present_settings_stand_beside_the_changed_ones_and_the_peers() throws IOException {
    String text = told(options(Map.of("targetWait.normal", "120s"), false, null));
    assertThat(text)
        .contains("present settings", "targetWait.normal=120s", "KEDA q=2", "oldest, s", "█");
  }

  @Test
  void each_policy_is_a_line_of_json_if_wanted() throws IOException {
    String[] lines = told(options(Map.of(), true, null)).split("\n");
    assertThat(lines)
        .hasSize(9)
        .allMatch(line -> line.startsWith("{\"policy\":\"") && line.endsWith("}"));
  }

  @Test
  void the_report_is_one_file_with_its_pictures_inside(@TempDir Path dir) throws IOException {
    Path report = dir.resolve("replay.html");
    told(options(Map.of(), false, report));
    assertThat(Files.readString(report))
        .contains("<svg", "<polyline", "</html>")
        .doesNotContain("<script", "http://", "https://");
  }

  @Test
  void an_invalid_change_is_refused() {
    assertThatThrownBy(() -> told(options(Map.of("targetWait.norml", "1m"), false, null)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("did you mean 'targetWait.normal'");
  }

  @Test
  void columns_come_in_any_order_and_times_as_instants() throws IOException {
    TraceCsv.Read read =
        TraceCsv.read(
            "t",
            csv(
                "# a comment\nclass;service;arrival\nhigh;30;2026-01-05T10:20:00Z\nbulk;40;2026-01-05T10:40:00Z\n"));
    assertThat(read.start()).isEqualTo(Instant.parse("2026-01-05T10:00:00Z"));
    assertThat(read.trace().jobs()).extracting(j -> j.arrival()).containsExactly(1200.0, 2400.0);
    assertThat(read.trace().seconds()).isEqualTo(3600);
  }

  @Test
  void a_trace_that_cannot_be_read_names_line_and_reason() {
    assertThatThrownBy(() -> TraceCsv.read("t", csv("arrival,duration\n1,2\n")))
        .hasMessageContaining("unknown column 'duration'");
    assertThatThrownBy(() -> TraceCsv.read("t", csv("arrival,service\nnoon,2\n")))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> TraceCsv.read("t", csv("arrival,service\n")))
        .hasMessageContaining("no job");
    assertThatThrownBy(() -> TraceCsv.read("t", csv("arrival,service\n1,0\n")))
        .hasMessageContaining("more than 0 s");
    assertThatThrownBy(() -> TraceCsv.read("t", csv("arrival,service,class\n1,5,urgent\n")))
        .hasMessageContaining("high, normal or bulk");
  }
}
