package io.castloom.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code castloom dead} asks and prints, and words for addresses and folders that are none.
 */
final class DeadCommandTest {

  private static final Map<String, String> ANSWERS =
      Map.of(
          "GET /v1/dead/transcode?limit=1000",
          "{\"messages\":[{\"messageId\":\"m1\",\"task\":\"j1.encode-a\",\"job\":\"j1\","
              + "\"account\":\"demo\",\"reason\":\"received 5 times\"},"
              + "{\"messageId\":\"m2\",\"reason\":\"no JSON\"}]}",
          "GET /v1/dead/transcode",
          "{\"messages\":[{\"messageId\":\"m1\",\"task\":\"j1.encode-a\",\"account\":\"demo\","
              + "\"reason\":\"received 5 times\"}]}",
          "GET /v1/jobs/j1?account=demo",
          "{\"tasks\":[{\"name\":\"encode-a\",\"attempts\":[{\"instance\":\"i-7\",\"cause\":\"out"
              + " of memory\"}]},{\"name\":\"encode-b\",\"attempts\":[]}],\"renditions\":[]}",
          "DELETE /v1/jobs/job12345",
          "{\"id\":\"job12345\",\"state\":\"cancelled\"}",
          "GET /v1/jobs/job12345",
          "{\"renditions\":[{\"profile\":\"mp3-128\",\"mediaType\":\"audio/mpeg\",\"url\":\"/r\"}]}");

  private static final String REFUSAL =
      "{\"type\":\"urn:castloom:problem:bad-parameter\",\"status\":400,"
          + "\"detail\":\"after is the id of a job, as the page before says\"}";

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> asked = new ArrayList<>();
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(request);
    boolean refused = request.contains("after=");
    byte[] body =
        (refused ? REFUSAL : ANSWERS.getOrDefault(request, "{}")).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refused ? 400 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int at(String url, String... arguments) {
    CommandLine all = CastloomMain.commandLine();
    all.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--url", url, "--token", "x"));
    return all.execute(line.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return at("http://127.0.0.1:" + server.getAddress().getPort(), arguments);
  }

  @Test
  void a_list_names_the_task_and_its_account() {
    assertThat(run("dead", "list")).isZero();
    assertThat(out.toString()).contains("m1").contains("demo").contains("j1.encode-a");
  }

  @Test
  void one_is_found_by_its_task_and_shown_with_its_attempts() {
    assertThat(run("dead", "show", "j1.encode-a")).isZero();
    assertThat(out.toString()).contains("i-7").contains("out of memory").doesNotContain("encode-b");
  }

  @Test
  void all_are_sent_again_at_once() {
    assertThat(run("dead", "redrive", "--all")).isZero();
    assertThat(asked)
        .contains("POST /v1/dead/transcode/m1/redrive", "POST /v1/dead/transcode/m2/redrive");
    assertThat(run("dead", "redrive")).isEqualTo(2);
    assertThat(run("dead", "redrive", "m9")).isEqualTo(1);
  }

  @Test
  void an_address_that_is_none_is_told_as_such() {
    assertThat(at("castloom", "dead", "list")).isEqualTo(2);
    assertThat(out.toString()).contains("\"castloom\" is no address of Castloom");
  }

  @Test
  void a_file_is_no_folder_to_download_to() throws IOException {
    Path file = Files.writeString(folder.resolve("talk.mp2"), "mine");
    assertThat(run("job", "download", "job12345", "-o", file.toString())).isEqualTo(2);
    assertThat(out.toString()).contains("talk.mp2 is a file: name a folder");
    assertThat(file).hasContent("mine");
  }

  @Test
  void a_kind_that_is_none_and_an_id_that_is_none_are_told_without_asking() {
    assertThat(run("dead", "list", "--kind", "video")).isEqualTo(2);
    assertThat(out.toString()).contains("--kind is transcode or assembly, not video");
    for (String command : List.of("show", "why", "watch", "cancel", "retry", "download")) {
      assertThat(run("job", command, "../queues")).as(command).isEqualTo(2);
      assertThat(run("job", command, "")).as(command).isEqualTo(2);
    }
    assertThat(run("job", "list", "--limit", "0")).isEqualTo(2);
    assertThat(run("job", "list", "--limit", "ten")).isEqualTo(2);
    assertThat(out.toString())
        .contains("\"../queues\" is no job's id; `castloom job list` shows them")
        .contains("--limit is 1 to 100, not 0")
        .contains("it is a whole number, not ten");
    assertThat(asked).isEmpty();
  }

  @Test
  void a_value_that_the_service_refuses_is_used_wrongly() {
    assertThat(run("job", "list", "--after", "12345678")).isEqualTo(2);
    assertThat(out.toString()).contains("after is the id of a job");
  }

  @Test
  void what_is_shown_and_done_is_one_json_when_that_is_wanted() {
    assertThat(run("dead", "show", "m1", "--json")).isZero();
    JsonNode shown = JsonMapper.shared().readTree(out.toString());
    assertThat(shown.path("history").path("attempts").get(0).path("instance").asString())
        .isEqualTo("i-7");
    out.getBuffer().setLength(0);
    assertThat(run("job", "cancel", "job12345", "--json")).isZero();
    assertThat(JsonMapper.shared().readTree(out.toString()).path("state").asString())
        .isEqualTo("cancelled");
  }
}
