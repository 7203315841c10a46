package io.castloom.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.castloom.domain.media.Pictures;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands about shows ask and print, against answers of the API. */
class ShowCommandsTest {
  private HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, byte[]> sent = new HashMap<>();
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          String answer = answers.get(asked);
          sent.put(asked, exchange.getRequestBody().readAllBytes());
          byte[] bytes =
              (answer == null ? "{\"detail\":\"nobody expected " + asked + "\"}" : answer)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
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
    // the commands of nightly share the options of the group, which stand before them
    line.addAll(
        arguments[0].equals("nightly") ? 1 : line.size(),
        List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--token", "x"));
    assertThat(all.execute(line.toArray(String[]::new))).as(out.toString()).isEqualTo(exit);
    return out.toString();
  }

  @Test
  void a_cover_is_sent_as_a_file_if_directories_will_take_it(@TempDir Path folder)
      throws IOException {
    answers.put("PUT /v1/shows/talk/cover?dryRun=true", "{\"changes\":[\"cover: a becomes b\"]}");
    answers.put("DELETE /v1/shows/talk/episodes/one/cover", "{\"changes\":[\"cover is removed\"]}");
    byte[] square = Pictures.png(1_400, 1_400);
    Path file = Files.write(folder.resolve("square.png"), square);
    assertThat(run(0, "show", "cover", "talk", file.toString(), "--dry-run"))
        .contains("show talk would change:", "cover: a becomes b");
    assertThat(sent.get("PUT /v1/shows/talk/cover?dryRun=true")).isEqualTo(square);
    assertThat(run(0, "episode", "cover", "talk/one", "--delete")).contains("cover is removed");

    sent.clear();
    Path small = Files.write(folder.resolve("small.png"), Pictures.png(800, 800));
    assertThat(run(1, "show", "cover", "talk", small.toString()))
        .contains(
            "small.png was not uploaded: the cover has 800 x 800 pixels: it must be a square");
    assertThat(run(2, "show", "cover", "talk")).contains("name a FILE, or --delete");
    assertThat(run(2, "episode", "cover", "talk/one", folder.resolve("no.png").toString()))
        .contains("no.png is no file that can be read");
    assertThat(sent).isEmpty();
  }

  @Test
  void a_document_that_does_not_name_itself_keeps_all_of_its_file_back(@TempDir Path folder)
      throws IOException {
    answers.put("PUT /v1/creatives/bread", "{\"changes\":[]}");
    Path file = Files.writeString(folder.resolve("ads.yaml"), "id: bread\n---\ntitle: Rolls\n");
    assertThat(run(1, "creative", "apply", "-f", file.toString()))
        .contains("ads.yaml holds a creative that does not say its id");
    sent.clear();
    Files.writeString(file, "---\nid: bread\n---\n");
    assertThat(run(0, "creative", "apply", "-f", file.toString()))
        .contains("creative bread applied");
    assertThat(sent).containsOnlyKeys("PUT /v1/creatives/bread");
    sent.clear();
    Files.writeString(file, "id: one\n");
    assertThat(run(1, "episode", "apply", "-f", file.toString()))
        .contains("ads.yaml holds an episode that does not say its show");
    assertThat(sent).isEmpty();
  }

  @Test
  void a_cover_that_a_document_names_by_its_file_is_uploaded_first(@TempDir Path folder)
      throws IOException {
    String digest = "ab".repeat(32);
    answers.put("POST /v1/covers", "{\"cover\":\"" + digest + "\"}");
    answers.put("PUT /v1/shows/talk", "{\"changes\":[]}");
    byte[] square = Pictures.jpeg(3_000, 3_000, 3);
    Files.write(folder.resolve("cover.jpg"), square);
    Path show = Files.writeString(folder.resolve("show.yaml"), "id: talk\ncover: cover.jpg\n");
    run(0, "show", "apply", "-f", show.toString());
    assertThat(sent.get("POST /v1/covers")).isEqualTo(square);
    assertThat(new String(sent.get("PUT /v1/shows/talk"), StandardCharsets.UTF_8)).contains(digest);

    sent.clear();
    Files.writeString(show, "id: talk\ncover: covr.jpg\n");
    assertThat(run(1, "show", "apply", "-f", show.toString()))
        .contains("show.yaml: cover = covr.jpg is no file beside the document");
    assertThat(sent).isEmpty();

    Files.writeString(show, "id: talk\ncover: https://example.org/c.jpg\n");
    run(0, "show", "apply", "-f", show.toString());
    assertThat(sent).containsOnlyKeys("PUT /v1/shows/talk");
  }

  @Test
  void a_transcript_is_sent_as_a_file_in_its_format_and_taken_out_again(@TempDir Path folder)
      throws IOException {
    answers.put(
        "PUT /v1/shows/talk/episodes/one/transcript?format=srt&language=en-GB&dryRun=true",
        "{\"changes\":[\"transcript is added\"]}");
    answers.put(
        "DELETE /v1/shows/talk/episodes/one/transcript",
        "{\"changes\":[\"transcript is removed\"]}");
    Path file =
        Files.writeString(folder.resolve("one.srt"), "1\n00:00:01,000 --> 00:00:02,000\nHi");

    assertThat(
            run(
                0,
                "episode",
                "transcript",
                "talk/one",
                file.toString(),
                "--language",
                "en-GB",
                "--dry-run"))
        .contains("episode talk/one would change:", "transcript is added");
    assertThat(run(0, "episode", "transcript", "talk/one", "--delete"))
        .contains("transcript is removed");
    assertThat(run(2, "episode", "transcript", "talk/one")).contains("name a FILE");
    assertThat(run(2, "episode", "transcript", "talk/one", folder + "/none.vtt"))
        .contains("no file that can be read");
  }

  @Test
  void a_file_that_is_no_document_is_told_as_such(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.yaml"));
    assertThat(run(1, "show", "apply", "-f", empty.toString()))
        .contains("empty.yaml holds no document");
    Path sound =
        Files.write(folder.resolve("talk.mp2"), new byte[] {(byte) 0xff, (byte) 0xfd, 0, 1});
    assertThat(run(1, "show", "apply", "-f", sound.toString()))
        .contains("talk.mp2 is no text in UTF-8");
    Path open = Files.writeString(folder.resolve("open.yaml"), "id: [talk\n");
    assertThat(run(1, "show", "apply", "-f", open.toString()))
        .contains("open.yaml is neither YAML nor JSON", "expected ',' or ']'");
  }

  @Test
  void assemble_prints_times_reasons_and_bytes() {
    answers.put(
        "POST /v1/shows/talk/episodes/one/assembly?dryRun=true&date=2026-05-02",
        """
        {"show":"talk","episode":"one","night":"2026-05-02","decision":"rebuild",
         "why":"changed: mp3-128","reasons":["slot pre: house chosen"],
         "formats":[{"format":"mp3-128","changed":true,"exact":true,"bytes":59400000,
           "throughAssembler":11100000,"how":"frames are copied as they are","seconds":3661.5,
           "segments":[{"kind":"ad","slot":"pre","campaign":"house","creative":"bread",
             "start":0,"seconds":30.015},{"kind":"body","start":30.015,"seconds":3631.485}]}]}
        """);
    assertThat(run(0, "assemble", "talk/one", "--dry-run", "--date", "2026-05-02"))
        .contains("talk/one, night of 2026-05-02: rebuild (changed: mp3-128)")
        .contains("0:00.000  0:30.015     ad    pre   house     bread")
        .contains("0:30.015  1:00:31.485  body")
        .contains(
            "mp3-128: 1:01:01.500, 59.4 MB, of which 11.1 MB through the assembler (18.7 %),"
                + " frames are copied as they are")
        .contains("slot pre: house chosen");
  }

  @Test
  void a_whole_show_is_assembled_episode_by_episode_over_all_pages() {
    answers.put(
        "GET /v1/shows/talk/episodes?limit=1000",
        "{\"episodes\":[{\"id\":\"a\",\"state\":\"published\"}],\"next\":\"a\"}");
    answers.put(
        "GET /v1/shows/talk/episodes?limit=1000&after=a",
        "{\"episodes\":[{\"id\":\"b\",\"state\":\"draft\"},{\"id\":\"c\",\"state\":\"published\"}]}");
    for (String id : new String[] {"a", "c"}) {
      answers.put(
          "POST /v1/shows/talk/episodes/" + id + "/assembly?dryRun=false",
          "{\"show\":\"talk\",\"episode\":\"" + id + "\",\"job\":\"j" + id + "\"}");
    }
    assertThat(run(0, "assemble", "talk")).contains("job ja").contains("job jc");
  }

  @Test
  void nights_are_planned_and_told() {
    answers.put(
        "GET /v1/nightly/2026-05-02/plan",
        """
        {"shows":[{"show":"talk","rebuild":[{"episode":"one","why":"first version","reasons":[]}],
          "skipped":{"unchanged":7},"problems":[]}]}
        """);
    assertThat(run(0, "nightly", "plan", "--date", "2026-05-02"))
        .contains("talk: 1 to rebuild, 7 unchanged")
        .contains("one: first version");
    answers.put(
        "GET /v1/nightly/2026-05-02",
        """
        {"shows":[{"show":"talk","state":"finished","words":"talk on 2026-05-02: 1 rebuilt",
          "episodes":[{"episode":"one","outcome":"failed","why":"its piece is damaged",
            "bytes":0,"throughAssembler":0,"seconds":1.5}]}]}
        """);
    assertThat(run(0, "nightly", "status", "--date", "2026-05-02"))
        .contains("talk on 2026-05-02: 1 rebuilt [finished]")
        .contains("its piece is damaged");
    assertThat(run(1, "nightly", "status", "--date", "2026-05-03")).contains("nobody expected");
    assertThat(run(2, "nightly", "status", "--date", "soon")).contains("soon");
  }

  @Test
  void nights_are_run_by_hand() {
    answers.put(
        "POST /v1/nightly/current/run?show=talk",
        "{\"shows\":[{\"show\":\"talk\",\"night\":\"2026-05-02\",\"ordered\":true}]}");
    assertThat(run(0, "nightly", "run", "--show", "talk"))
        .contains("talk: ordered (castloom nightly status --date 2026-05-02)");
    answers.put(
        "POST /v1/nightly/2026-05-02/rerun",
        "{\"shows\":[{\"show\":\"talk\",\"night\":\"2026-05-02\",\"refused\":\"nothing failed\"}]}");
    assertThat(run(0, "nightly", "rerun", "--date", "2026-05-02"))
        .contains("talk: not run: nothing failed");
  }

  @Test
  void a_campaign_is_reported_as_a_table_and_as_csv() {
    answers.put(
        "GET /v1/campaigns/spring/insertions?format=json&from=2026-05-01",
        """
        {"from":"2026-05-01","to":"2026-05-09","rows":[{"show":"","goal":10,"unit":"insertions",
          "planned":5,"inserted":5,"delivered":1,"pace":"on pace"}]}
        """);
    assertThat(run(0, "campaign", "report", "spring", "--from", "2026-05-01"))
        .contains("all   10 insertions  5        5         1          on pace");
    answers.put("GET /v1/campaigns/spring/insertions?format=csv", "campaign,show\r\n");
    assertThat(run(0, "campaign", "report", "spring", "--csv")).endsWith("campaign,show\r\n");
  }
}
