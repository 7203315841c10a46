package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.DecisionKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators read of the autoscaler, by the API. */
final class ScalerTest extends ApiServer {

  private HttpResponse<String> asked(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + world.operatorToken)
            .build());
  }

  private String decided(Instant at) throws IOException {
    String id = "d-3-" + at.toEpochMilli();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(("{\"decision\":{\"id\":\"" + id + "\"}}").getBytes(StandardCharsets.UTF_8));
    }
    world.store.put(
        DecisionKeys.key(at, id),
        ObjectData.of(bytes.toByteArray(), "application/gzip"),
        PutCondition.always());
    return id;
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("documents").forEach(document -> names.add(document.path("name").asString()));
    return names;
  }

  @Test
  void decisions_come_the_newest_first_page_by_page_over_days_and_pauses() throws Exception {
    Instant now = world.clock.instant();
    List<String> newestFirst = new ArrayList<>();
    for (Duration ago :
        List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofHours(23),
            Duration.ofHours(25),
            Duration.ofDays(9),
            Duration.ofDays(29))) {
      newestFirst.add(decided(now.minus(ago)));
    }
    assertThat(names(json(asked("/v1/scaler/decisions")))).isEqualTo(newestFirst);
    List<String> read = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = json(asked("/v1/scaler/decisions?limit=2" + after));
      assertThat(names(page)).hasSize(2);
      read.addAll(names(page));
      after = page.has("next") ? "&after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());
    assertThat(read).isEqualTo(newestFirst);
    problem(asked("/v1/scaler/decisions?after=yesterday"), 400, "bad-parameter");
  }

  @Test
  void a_decision_is_shown_by_its_name() throws Exception {
    String id = decided(world.clock.instant());
    assertThat(json(asked("/v1/scaler/decisions/" + id)).path("decision").path("id").asString())
        .isEqualTo(id);
    problem(asked("/v1/scaler/decisions/d-1-5"), 404, "not-found");
    problem(asked("/v1/scaler/decisions/none"), 404, "not-found");
  }

  @Test
  void documents_are_listed_without_what_is_in_their_folders() throws Exception {
    for (int i = 0; i < 30; i++) {
      decided(world.clock.instant().minusSeconds(i));
    }
    for (String name : List.of("launches.json", "ledger/2026-11-25.json", "memory.json")) {
      world.store.put(
          "fleet/" + name, ObjectData.of(new byte[] {'{', '}'}, "x/y"), PutCondition.always());
    }
    List<String> all = List.of("decisions/", "launches.json", "ledger/", "memory.json");
    assertThat(names(json(asked("/v1/scaler")))).isEqualTo(all);
    JsonNode first = json(asked("/v1/scaler?limit=3"));
    assertThat(names(first)).isEqualTo(all.subList(0, 3));
    assertThat(names(json(asked("/v1/scaler?after=" + first.path("next").asString()))))
        .isEqualTo(all.subList(3, 4));
    assertThat(names(json(asked("/v1/scaler/ledger")))).containsExactly("2026-11-25.json");
    assertThat(asked("/v1/scaler/ledger/2026-11-25").statusCode()).isEqualTo(200);
    problem(asked("/v1/scaler/nothing"), 404, "not-found");
  }
}
