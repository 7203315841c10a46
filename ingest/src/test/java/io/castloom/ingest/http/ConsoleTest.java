package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Analysis;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.World;
import io.castloom.service.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConsoleTest extends ApiServer {
  @Test
  void the_page_and_all_that_it_names_are_there_and_nothing_comes_from_elsewhere()
      throws Exception {
    HttpResponse<String> page = send(open("/console/"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    Matcher named = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.body());
    while (named.find()) {
      assertThat(send(open(named.group(1))).statusCode()).as(named.group(1)).isEqualTo(200);
    }
    for (String module : List.of("api.js", "jobs.js", "uploads.js", "operator.js")) {
      assertThat(send(open("/console/" + module)).statusCode()).isEqualTo(200);
    }
    assertThat(page.body()).doesNotContain("http://", "https://");
    problem(send(open("/console/other.js")), 404, "not-found");
  }

  @Test
  void the_cookie_opens_reading_and_nothing_else() throws Exception {
    HttpResponse<String> session =
        send(request("/v1/session").POST(BodyPublishers.noBody()).build());
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/v1");
    String pair = cookie.substring(0, cookie.indexOf(';'));
    HttpRequest reading = HttpRequest.newBuilder(uri("/v1/jobs")).header("Cookie", pair).build();
    assertThat(send(reading).statusCode()).isEqualTo(200);
    HttpRequest writing =
        HttpRequest.newBuilder(uri("/v1/jobs/12345678")).header("Cookie", pair).DELETE().build();
    problem(send(writing), 401, "not-authenticated");
  }

  @Test
  void the_description_names_what_there_is() throws Exception {
    HttpResponse<String> answer = send(open("/v1/openapi.json"));
    JsonNode paths = Json.mapper().readTree(answer.body()).path("paths");
    assertThat(paths.path("/v1/uploads/{filename}").has("put")).isTrue();
    assertThat(paths.size()).isGreaterThan(30);
  }

  @Test
  void an_original_tells_what_was_found_and_heard() throws Exception {
    byte[] bytes = FakeTools.recording(8_000, 1);
    send(put("talk.wav", bytes));
    String path = "/v1/originals/" + Sha256.of(bytes);
    JsonNode before = json(send(get(path)));
    assertThat(before.path("media").path("codec").asString()).isEqualTo("pcm_u8");
    assertThat(before.has("analysis")).isFalse();
    problem(send(get(path + "/waveform.png")), 404, "not-found");
    Original original = world.intake.originals().find(World.DEMO, Sha256.of(bytes)).orElseThrow();
    Analysis heard = new Analysis(-17.5, -18.0, 6, -2, 1, List.of());
    world.store.put(Analysis.key(original), Json.data(heard), PutCondition.ifAbsent());
    byte[] picture = {1, 2, 3};
    world.store.put(
        Analysis.pictureKey(original),
        ObjectData.of(picture, "image/png"),
        PutCondition.ifAbsent());
    JsonNode after = json(send(get(path)));
    assertThat(after.path("analysis").path("integratedLufs").asDouble()).isEqualTo(-17.5);
    HttpResponse<byte[]> image = http.send(get(path + "/waveform.png"), BodyHandlers.ofByteArray());
    assertThat(image.body()).isEqualTo(picture);
    assertThat(image.headers().firstValue("Content-Type")).hasValue("image/png");
  }

  private HttpRequest open(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }
}
