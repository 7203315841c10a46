package io.castloom.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.castloom.local.CastloomMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the commands about an account's own profiles ask and print, against answers of the API. */
final class ProfileCommandsTest {

  private static final String TAPE =
      "name: tape\ncodec: mp3\nsampleRate: 44100\nchannels: 1\nrate: {type: bitrate, kbps: 96}\n";

  @TempDir private Path folder;
  private HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, byte[]> asked = new LinkedHashMap<>();
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          asked.put(request, exchange.getRequestBody().readAllBytes());
          String answer = answers.getOrDefault(request, "404 {\"detail\":\"there is none\"}");
          byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
          int status = Integer.parseInt(answer.substring(0, 3));
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String run(int exit, String... arguments) {
    CommandLine all = CastloomMain.commandLine();
    all.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(
        List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--token", "x"));
    assertThat(all.execute(line.toArray(String[]::new))).as(out.toString()).isEqualTo(exit);
    return out.toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonNode sent(String request) {
    return JsonMapper.shared().readTree(asked.get(request));
  }

  @Test
  void a_profile_is_shown_as_it_can_be_applied_again() throws IOException {
    answers.put(
        "GET /v1/profiles/mp3-128",
        "200 {\"name\":\"mp3-128\",\"standard\":true,\"default\":true,\"codec\":\"mp3\","
            + "\"extension\":\"mp3\",\"mediaType\":\"audio/mpeg\",\"sampleRate\":44100,"
            + "\"channels\":2,\"rate\":{\"type\":\"bitrate\",\"kbps\":128}}");
    String shown = run(0, "profile", "show", "mp3-128");
    assertThat(shown).contains("sampleRate: 44100", "kbps: 128").doesNotContain("standard");
    answers.put("PUT /v1/profiles/tape", "201 {\"name\":\"tape\"}");
    assertThat(run(0, "profile", "apply", "-f", file("t.yaml", shown.replace("mp3-128", "tape"))))
        .contains("profile tape made");
    assertThat(sent("PUT /v1/profiles/tape").path("rate").path("kbps").asInt()).isEqualTo(128);
  }

  @Test
  void a_cover_that_is_named_by_its_file_is_uploaded_and_named_by_its_digest() throws IOException {
    byte[] png = Arrays.copyOf(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 100);
    Files.write(folder.resolve("cover.png"), png);
    String digest = "ab".repeat(32);
    answers.put("POST /v1/covers", "201 {\"cover\":\"" + digest + "\",\"bytes\":100}");
    answers.put("PUT /v1/profiles/tape", "200 {\"name\":\"tape\"}");
    String file = file("tape.yaml", TAPE + "labels: {tags: {artist: Radio}, cover: cover.png}\n");
    assertThat(run(0, "profile", "apply", "-f", file)).contains("profile tape replaced");
    assertThat(asked.get("POST /v1/covers")).isEqualTo(png);
    JsonNode labels = sent("PUT /v1/profiles/tape").path("labels");
    assertThat(labels.path("cover").asString()).isEqualTo(digest);
    assertThat(labels.path("tags").path("artist").asString()).isEqualTo("Radio");
  }

  @Test
  void a_picture_that_is_none_or_too_large_is_refused_before_it_is_sent() throws IOException {
    assertThat(run(1, "cover", "add", file("cover.png", "a web page of some length")))
        .contains("cover.png was not uploaded: the cover is neither a JPEG nor a PNG picture");
    Path large = Files.write(folder.resolve("large.jpg"), new byte[(1 << 20) + 1]);
    assertThat(run(1, "cover", "add", large.toString()))
        .contains("large.jpg has 1048577 bytes; a cover has at most 1048576");
    assertThat(asked).isEmpty();
  }

  @Test
  void every_problem_of_a_profile_is_told() throws IOException {
    answers.put(
        "PUT /v1/profiles/tape",
        "422 {\"title\":\"bad-profile\",\"detail\":\"two things are wrong\",\"problems\":["
            + "{\"field\":\"loudness\",\"value\":\"-16\",\"rule\":\"is not known; did you mean"
            + " loudnessLufs?\"},{\"field\":\"rate\",\"value\":\"97\",\"rule\":\"is one of 32\"}]}");
    assertThat(run(1, "profile", "apply", "-f", file("tape.yaml", TAPE + "loudness: -16\n")))
        .contains("loudness = -16: is not known; did you mean loudnessLufs?")
        .contains("rate = 97: is one of 32")
        .contains("profile tape was not applied: 2 problems [HTTP 422]");
  }

  @Test
  void of_several_profiles_in_a_file_none_is_applied_when_one_has_no_name() throws IOException {
    assertThat(run(1, "profile", "apply", "-f", file("two.yaml", TAPE + "---\ncodec: mp3\n")))
        .contains("two.yaml holds a profile without a name: say `name: tape-96`");
    assertThat(asked).isEmpty();
  }

  @Test
  void an_own_profile_is_deleted_and_a_name_that_is_none_is_not_asked_for() {
    answers.put("DELETE /v1/profiles/tape", "204 ");
    assertThat(run(0, "profile", "delete", "tape")).contains("profile tape deleted");
    assertThat(run(2, "profile", "show", "no/such"))
        .contains("a profile's name is 1 to 40 of a-z, 0-9 and '-', not \"no/such\"");
    assertThat(asked).hasSize(1);
  }
}
