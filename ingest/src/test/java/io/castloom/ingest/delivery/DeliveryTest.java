package io.castloom.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.ServedWorld;
import io.castloom.ingest.http.Routes;
import io.castloom.service.json.Json;
import io.castloom.service.versions.MediaVersion;
import io.castloom.service.versions.StoredVersions;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DeliveryTest {
  private static final String ONE = "1111111111111111";
  private static final String TWO = "2222222222222222";

  @TempDir Path folder;
  private ServedWorld served;
  private final List<DeliveryLog> logs = new ArrayList<>();
  private final byte[] first = FakeTools.recording(20_000, 1);
  private final byte[] second = FakeTools.recording(30_000, 2);

  @BeforeEach
  void start() throws Exception {
    served = serve(false);
  }

  private ServedWorld serve(boolean redirect) throws IOException {
    DeliverySettings settings = new DeliverySettings(redirect, true, Duration.ofHours(1));
    return new ServedWorld(
        folder,
        world -> {
          DeliveryLog log =
              new DeliveryLog(world.store, "node", settings.flushEvery(), world.clock);
          logs.add(log);
          return List.<Routes>of(
              new FeedRoutes(world.published),
              new MediaRoutes(
                  new StoredVersions(world.store), world.published, log, settings, world.clock));
        });
  }

  @AfterEach
  void stop() {
    served.close();
    logs.forEach(DeliveryLog::close);
  }

  private void publish(String id, byte[] bytes) throws IOException {
    String key = "media/talk/one/" + id + ".mp3";
    served.world.published.put(key, ObjectData.of(bytes, "audio/mpeg"), PutCondition.ifAbsent());
    Instant now = served.world.clock.instant();
    MediaVersion version =
        new MediaVersion(
            id,
            "mp3-128",
            key,
            "audio/mpeg",
            bytes.length,
            Duration.ofSeconds(2),
            id.repeat(4),
            LocalDate.EPOCH,
            now,
            0,
            bytes.length);
    new StoredVersions(served.world.store)
        .update(
            "talk",
            "one",
            media -> media.publish(List.of(version), Map.of(), TimedParts.NONE, now));
  }

  private List<JsonNode> lines() throws IOException {
    logs.getLast().flush();
    List<JsonNode> lines = new ArrayList<>();
    for (String key : served.world.keys("deliveries/2")) {
      assertThat(key).matches("deliveries/\\d{4}-\\d\\d-\\d\\d/\\d\\d/node-\\d{6}\\.jsonl");
      try (ObjectContent content = served.world.store.get(key, null)) {
        String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        text.lines().forEach(line -> lines.add(Json.mapper().readTree(line)));
      }
    }
    return lines;
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void the_current_version_is_heard_without_a_token_whole_and_in_parts() throws Exception {
    publish(ONE, first);
    HttpResponse<byte[]> all = served.listen("GET", "/media/talk/one.mp3");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body()).isEqualTo(first);
    assertThat(header(all, "Content-Type")).isEqualTo("audio/mpeg");
    assertThat(header(all, "ETag")).isEqualTo('"' + ONE + '"');
    assertThat(header(all, "Last-Modified")).endsWith("GMT");
    assertThat(header(all, "Accept-Ranges")).isEqualTo("bytes");
    HttpResponse<byte[]> head = served.listen("HEAD", "/media/talk/one.mp3");
    assertThat(header(head, "Content-Length")).isEqualTo("20000");
    HttpResponse<byte[]> probe = served.listen("GET", "/media/talk/one.mp3", "Range", "bytes=0-0");
    assertThat(probe.statusCode()).isEqualTo(206);
    assertThat(header(probe, "Content-Range")).isEqualTo("bytes 0-0/20000");
    assertThat(
            served
                .listen("GET", "/media/talk/one.mp3", "If-None-Match", '"' + ONE + '"')
                .statusCode())
        .isEqualTo(304);
    assertThat(served.listen("GET", "/media/talk/one.mp3", "Range", "bytes=20000-").statusCode())
        .isEqualTo(416);
    HttpResponse<byte[]> version = served.listen("GET", "/media/talk/one/" + ONE + ".mp3");
    assertThat(version.body()).isEqualTo(first);
    assertThat(header(version, "Cache-Control")).contains("immutable");
    assertThat(header(version, "ETag")).isEqualTo('"' + ONE + '"');
  }

  @Test
  void who_resumes_gets_the_version_that_he_began() throws Exception {
    publish(ONE, first);
    served.listen("GET", "/media/talk/one.mp3", "User-Agent", "Bare", "Range", "bytes=0-99");
    publish(TWO, second);
    HttpResponse<byte[]> resumed =
        served.listen(
            "GET", "/media/talk/one.mp3", "Range", "bytes=100-", "If-Range", '"' + ONE + '"');
    assertThat(resumed.statusCode()).isEqualTo(206);
    assertThat(resumed.body()).isEqualTo(Arrays.copyOfRange(first, 100, first.length));
    assertThat(header(resumed, "Cache-Control")).contains("no-store");
    assertThat(
            served
                .listen(
                    "GET", "/media/talk/one.mp3", "User-Agent", "Bare", "Range", "bytes=100-199")
                .body())
        .isEqualTo(Arrays.copyOfRange(first, 100, 200));
    assertThat(served.listen("GET", "/media/talk/one.mp3").body()).isEqualTo(second);
    assertThat(served.listen("GET", "/media/talk/one.mp3", "If-Match", '"' + ONE + '"').body())
        .isEqualTo(first);
    HttpResponse<byte[]> lost =
        served.listen("GET", "/media/talk/one.mp3", "If-Match", "\"3333333333333333\"");
    assertThat(lost.statusCode()).isEqualTo(412);
    HttpResponse<byte[]> restarted =
        served.listen(
            "GET", "/media/talk/one.mp3", "Range", "bytes=100-", "If-Range", "\"unknown\"");
    assertThat(restarted.statusCode()).isEqualTo(200);
    assertThat(restarted.body()).isEqualTo(second);
  }

  @Test
  void a_redirect_pins_the_version() throws Exception {
    served.close();
    served = serve(true);
    publish(ONE, first);
    HttpResponse<byte[]> answer = served.listen("GET", "/media/talk/one.mp3");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(header(answer, "Location")).isEqualTo("/media/talk/one/" + ONE + ".mp3");
    publish(TWO, second);
    assertThat(served.listen("GET", header(answer, "Location")).body()).isEqualTo(first);
    HttpResponse<byte[]> resumed =
        served.listen("GET", "/media/talk/one.mp3", "Range", "bytes=100-");
    assertThat(header(resumed, "Location")).contains(ONE);
  }

  @Test
  void what_is_not_there_is_not_found_and_what_was_withdrawn_is_gone() throws Exception {
    publish(ONE, first);
    for (String path :
        List.of(
            "/media/talk/two.mp3",
            "/media/talk/one.m4a",
            "/media/talk/one",
            "/media/TALK/one.mp3",
            "/media/talk/..%2fone.mp3",
            "/media/talk/one/" + TWO + ".mp3",
            "/media/talk/one/x.mp3",
            "/feeds/none.xml",
            "/feeds/talk.json",
            "/feeds/talk/x%2f..%2fy.xml",
            "/chapters/talk/one/" + ONE + ".xml",
            "/transcripts/talk/one/" + ONE + ".vtt")) {
      HttpResponse<byte[]> answer = served.listen("GET", path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }
    Instant now = served.world.clock.instant();
    new StoredVersions(served.world.store).update("talk", "one", media -> media.withdraw(now));
    assertThat(served.listen("GET", "/media/talk/one.mp3").statusCode()).isEqualTo(410);
    assertThat(served.listen("POST", "/media/talk/one.mp3").statusCode()).isEqualTo(405);
  }

  @Test
  void feeds_chapters_and_transcripts_are_open_to_every_site() throws Exception {
    String feed = "<rss>ü</rss>";
    served.world.published.put(
        "feeds/talk.xml",
        ObjectData.of(feed.getBytes(StandardCharsets.UTF_8), "application/rss+xml"),
        PutCondition.always());
    served.world.published.put(
        "feeds/talk/2.xml",
        ObjectData.of(new byte[3], "application/rss+xml"),
        PutCondition.always());
    served.world.published.put(
        "chapters/talk/one/" + ONE + ".json",
        ObjectData.of(new byte[2], "application/json+chapters"),
        PutCondition.always());
    HttpResponse<byte[]> answer = served.listen("GET", "/feeds/talk.xml");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(feed);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=60");
    String etag = header(answer, "ETag");
    assertThat(served.listen("GET", "/feeds/talk.xml", "If-None-Match", etag).statusCode())
        .isEqualTo(304);
    assertThat(served.listen("HEAD", "/feeds/talk/2.xml").statusCode()).isEqualTo(200);
    served.world.published.put(
        "feeds/talk/3.xml",
        ObjectData.of(new byte[0], "application/rss+xml"),
        PutCondition.always());
    assertThat(served.listen("GET", "/feeds/talk/3.xml").statusCode()).isEqualTo(404);
    HttpResponse<byte[]> chapters = served.listen("GET", "/chapters/talk/one/" + ONE + ".json");
    assertThat(header(chapters, "Content-Type")).isEqualTo("application/json+chapters");
    assertThat(header(chapters, "Cache-Control")).contains("immutable");
    HttpResponse<byte[]> preflight = served.listen("OPTIONS", "/feeds/talk.xml");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("If-None-Match");
  }

  @Test
  void the_log_tells_what_went_out_without_addresses() throws Exception {
    publish(ONE, first);
    served.listen("GET", "/media/talk/one.mp3", "User-Agent", "Player/1");
    served.listen("GET", "/media/talk/one.mp3", "User-Agent", "Player/1", "Range", "bytes=10-19");
    served.listen("HEAD", "/media/talk/one/" + ONE + ".mp3");
    served.listen(
        "GET",
        "/media/talk/one.mp3",
        "X-Forwarded-For",
        "10.9.8.7, 203.0.113.9",
        "User-Agent",
        "P");
    served.listen("GET", "/media/talk/one.mp3", "If-None-Match", '"' + ONE + '"');
    List<JsonNode> lines = lines();
    assertThat(lines).hasSize(5);
    JsonNode whole = lines.getFirst();
    assertThat(whole.path("show").asString()).isEqualTo("talk");
    assertThat(whole.path("episode").asString()).isEqualTo("one");
    assertThat(whole.path("version").asString()).isEqualTo("media/talk/one/" + ONE + ".mp3");
    assertThat(whole.path("from").asLong()).isZero();
    assertThat(whole.path("to").asLong()).isEqualTo(20_000);
    assertThat(whole.path("agent").asString()).isEqualTo("Player/1");
    assertThat(whole.path("listener").asString()).matches("[0-9a-f]{24}");
    assertThat(lines.get(1).path("from").asLong()).isEqualTo(10);
    assertThat(lines.get(1).path("to").asLong()).isEqualTo(20);
    assertThat(lines.get(1).path("status").asInt()).isEqualTo(206);
    assertThat(lines.get(2).path("method").asString()).isEqualTo("HEAD");
    assertThat(lines.get(2).path("to").asLong()).isZero();
    assertThat(lines.get(3).path("listener").asString())
        .isNotEqualTo(whole.path("listener").asString());
    assertThat(lines.get(4).path("status").asInt()).isEqualTo(304);
    assertThat(lines.toString()).doesNotContain("203.0.113.9").doesNotContain("127.0.0.1");
    assertThat(lines()).hasSize(5);
  }

  @Test
  void yesterdays_salt_is_thrown_away() throws Exception {
    LocalDate today = LocalDate.of(2026, 5, 2);
    Salts salts = new Salts(served.world.store);
    byte[] yesterday = salts.of(today.minusDays(1)).clone();
    assertThat(new Salts(served.world.store).of(today.minusDays(1))).isEqualTo(yesterday);
    salts.forget(Instant.parse("2026-05-02T00:30:00Z"));
    assertThat(served.world.keys("deliveries/salts/")).hasSize(1);
    salts.forget(Instant.parse("2026-05-02T01:30:00Z"));
    assertThat(served.world.keys("deliveries/salts/")).isEmpty();
    assertThat(salts.of(today.minusDays(1))).isNotEqualTo(yesterday);
  }
}
