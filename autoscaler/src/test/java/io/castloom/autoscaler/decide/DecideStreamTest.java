package io.castloom.autoscaler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DecideStreamTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private int exit = -1;

  private List<JsonNode> answers(String... lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    exit =
        new DecideStream(DecideStream.defaults())
            .run(new ByteArrayInputStream(in), new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
  }

  @Test
  void each_line_is_answered_by_one_decision() throws IOException {
    List<JsonNode> answers =
        answers(
            "{\"at\": 0}",
            "",
            "{\"at\": 170, \"waiting\": [{\"id\": \"t1\", \"enqueuedAt\": 5, \"estimate\": 200}]}");
    assertThat(exit).isZero();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).path("actions")).isEmpty();
    JsonNode launch = answers.get(1).path("actions").path(0);
    assertThat(launch.path("action").asString()).isEqualTo("launch");
    assertThat(launch.path("kind").asString()).isEqualTo("transcode");
    assertThat(launch.path("type").asString()).isEqualTo("default");
    assertThat(answers.get(1).path("summary").asString()).startsWith("launch 1");
    assertThat(answers.get(1).path("explanation").path("kinds")).isNotEmpty();
  }

  @Test
  void times_may_be_iso_instants_too() throws IOException {
    List<JsonNode> answers =
        answers(
            "{\"at\": \"2026-01-05T12:00:00Z\", \"waiting\": [{\"id\": \"t1\", \"enqueuedAt\": \"2026-01-05T11:57:20Z\"}]}");
    assertThat(answers.getFirst().path("actions")).hasSize(1);
  }

  @Test
  void settings_hold_from_their_line_on() throws IOException {
    String many =
        "\"waiting\": [{\"id\":\"a\",\"enqueuedAt\":0},{\"id\":\"b\",\"enqueuedAt\":0},{\"id\":\"c\",\"enqueuedAt\":0}]";
    List<JsonNode> answers =
        answers(
            "{\"at\": 165, \"settings\": {\"maxInstances\": \"2\"}, " + many + "}",
            "{\"at\": 175, " + many + "}");
    assertThat(answers.get(0).path("actions")).hasSize(2);
    assertThat(answers.get(1).path("actions")).hasSize(2);
  }

  @Test
  void a_line_that_cannot_be_read_is_answered_and_changes_nothing() throws IOException {
    List<JsonNode> answers =
        answers(
            "{\"at\": 1",
            "{\"waiting\": []}",
            "{\"at\": 1, \"settings\": {\"maxInstance\": \"2\"}}",
            "{\"at\": 1, \"instances\": [{\"id\": \"i\", \"state\": \"asleep\"}]}",
            "{\"at\": 1, \"waiting\": [{\"enqueuedAt\": 0}]}",
            "{\"at\": 2}");
    assertThat(exit).isEqualTo(1);
    assertThat(answers).hasSize(6);
    assertThat(answers.get(0).path("line").asInt()).isEqualTo(1);
    assertThat(answers.get(1).path("error").asString()).contains("'at'");
    assertThat(answers.get(2).path("error").asString()).contains("did you mean 'maxInstances'");
    assertThat(answers.get(3).path("error").asString()).contains("pending, running, draining");
    assertThat(answers.get(4).path("error").asString()).contains("'id' is missing");
    assertThat(answers.get(5).has("actions")).isTrue();
  }

  @Test
  void what_started_and_finished_is_told_from_the_lines_themselves() throws IOException {
    String instance =
        "\"instances\": [{\"id\": \"i\", \"launchedAt\": 0, \"readyAt\": 100, \"state\": \"running\", \"running\": [%s]}]";
    List<JsonNode> answers =
        answers(
            "{\"at\": 100, \"waiting\": [{\"id\": \"t\", \"enqueuedAt\": 95}], "
                + instance.formatted("")
                + "}",
            "{\"at\": 110, " + instance.formatted("{\"id\": \"t\", \"startedAt\": 101}") + "}",
            "{\"at\": 200, " + instance.formatted("") + "}");
    JsonNode lane = answers.get(2).path("explanation").path("kinds").path(0).path("lanes").path(0);
    assertThat(lane.path("targetSeconds").asDouble()).isEqualTo(300);
    assertThat(lane.path("lateSharePercent").asDouble()).isZero();
    assertThat(answers.get(2).path("actions").path(0).path("action").asString()).isEqualTo("drain");
  }
}
