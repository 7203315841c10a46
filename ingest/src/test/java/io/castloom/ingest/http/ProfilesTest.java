package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.store.PutCondition;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Accounts make, see and remove their own profiles; what cannot be encoded is refused at once. */
final class ProfilesTest extends ApiServer {

  private static final String SOUND =
      "\"codec\":\"mp3\",\"sampleRate\":44100,\"channels\":2,\"rate\":{\"type\":\"bitrate\",\"kbps\":%d}";

  @Test
  void an_own_profile_with_tags_and_a_cover_is_made_seen_and_removed() throws Exception {
    byte[] png = new byte[100];
    System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 0, png, 0, 4);
    var stored = send(request("/v1/covers").POST(BodyPublishers.ofByteArray(png)).build());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
    String cover = json(stored).path("cover").asString();
    String labels =
        ",\"labels\":{\"tags\":{\"artist\":\"Radio\"},\"fromSource\":true,\"cover\":\"%s\"}"
            .formatted(cover);
    assertThat(send(profile("tape", SOUND.formatted(96) + labels)).statusCode()).isEqualTo(201);
    assertThat(send(profile("tape", SOUND.formatted(128) + labels)).statusCode()).isEqualTo(200);
    JsonNode seen = json(send(get("/v1/profiles/tape")));
    assertThat(seen.path("rate").path("kbps").asInt()).isEqualTo(128);
    assertThat(seen.path("labels").path("tags").path("artist").asString()).isEqualTo("Radio");
    assertThat(seen.path("labels").path("cover").asString()).isEqualTo(cover);
    assertThat(send(request("/v1/profiles/tape").DELETE().build()).statusCode()).isEqualTo(204);
    problem(send(get("/v1/profiles/tape")), 404, "not-found");
  }

  @Test
  void a_profile_that_a_show_offers_stays() throws Exception {
    assertThat(send(profile("tape", SOUND.formatted(96))).statusCode()).isEqualTo(201);
    var show = new DocumentKey.OfShow("talk");
    world.store.put(
        show.key(),
        Json.data(Map.of("id", "talk", "account", "demo", "formats", List.of("tape"))),
        PutCondition.ifAbsent());

    JsonNode refused =
        problem(send(request("/v1/profiles/tape").DELETE().build()), 409, "profile-in-use");
    assertThat(refused.path("detail").asString())
        .isEqualTo("the episodes of talk come in tape: take it out of their formats first");
    assertThat(world.editor.delete(show, "demo", null)).isInstanceOf(Applied.Accepted.class);
    assertThat(send(request("/v1/profiles/tape").DELETE().build()).statusCode()).isEqualTo(204);
  }

  @Test
  void what_is_wrong_with_a_profile_is_said() throws Exception {
    JsonNode problem =
        problem(
            send(
                profile(
                    "odd",
                    SOUND.formatted(100)
                        + ",\"labels\":{\"tags\":{\"titel\":\"x\"},\"cover\":\"%s\"}"
                            .formatted("0".repeat(64)))),
            422,
            "bad-profile");
    assertThat(problem.path("problems").size()).isEqualTo(3);
    assertThat(problem.path("detail").asString())
        .contains("bitrate 100 kbit/s", "labels.tags.titel", "POST the picture to /v1/covers");
    JsonNode half = problem(send(profile("odd", "\"codec\":\"mp3\"")), 422, "bad-profile");
    assertThat(half.path("detail").asString())
        .contains("sampleRate", "channels", "is missing")
        .doesNotContain("io.castloom");
    String shown = "\"codec\":\"%s\",\"sampleRate\":44100,\"channels\":1,\"rate\":{\"kbps\":96}";
    assertThat(send(profile("plain", shown.formatted("mp3"))).statusCode()).isEqualTo(201);
    JsonNode nonsense = problem(send(profile("odd", shown.formatted("mp9"))), 422, "bad-profile");
    assertThat(nonsense.path("detail").asString()).contains("mp9").doesNotContain("io.castloom");
    JsonNode misspelt =
        problem(
            send(profile("odd", SOUND.formatted(96) + ",\"loudness\":-16,\"labels\":{\"tag\":{}}")),
            422,
            "bad-profile");
    assertThat(misspelt.path("detail").asString())
        .contains("loudness -16: is not known", "did you mean labels.tags?");
    problem(send(profile("mp3-128", SOUND.formatted(96))), 409, "standard-profile");
    var text = request("/v1/covers").POST(BodyPublishers.ofString("no picture")).build();
    problem(send(text), 422, "bad-cover");
  }

  private HttpRequest profile(String name, String members) {
    return request("/v1/profiles/" + name)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString("{" + members + "}"))
        .build();
  }
}
