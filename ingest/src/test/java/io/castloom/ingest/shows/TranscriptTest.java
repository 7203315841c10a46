package io.castloom.ingest.shows;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.ingest.ServedWorld;
import io.castloom.service.accounts.Account;
import io.castloom.service.originals.StoredTranscripts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TranscriptTest {
  private static final String EPISODE = "/v1/shows/talk/episodes/one";
  private static final String PATH = EPISODE + "/transcript";
  private static final String VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n";
  private static final String SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n";

  @TempDir Path folder;
  private ServedWorld served;

  @BeforeEach
  void an_episode_of_ten_minutes() throws Exception {
    served =
        new ServedWorld(
            folder,
            world ->
                List.of(
                    new DocumentRoutes(world.catalog, world.editor),
                    new TranscriptRoutes(
                        world.catalog, world.editor, new StoredTranscripts(world.store))));
    served.send(
        "PUT",
        "/v1/shows/talk",
        """
        {"title":"Talk","language":"en","description":"We talk.","author":"Ann",
         "cover":"https://example.com/c.png","categories":["Technology"],"formats":["mp3-128"]}
        """);
    String body = served.recording("body", Duration.ofMinutes(10));
    HttpResponse<String> made =
        served.send("PUT", EPISODE, "{\"title\":\"One\",\"bodies\":[\"" + body + "\"]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> put(String text, String... more) throws Exception {
    return served.send("PUT", PATH, text, more);
  }

  private JsonNode document() throws Exception {
    return json(served.send("GET", EPISODE, "")).path("transcript");
  }

  @Test
  void a_file_is_stored_and_named_in_the_document_with_its_format() throws Exception {
    JsonNode told = json(put(VTT));
    assertThat(told.path("changes").toString()).contains("transcript");
    assertThat(document().path("format").asString()).isEqualTo("vtt");
    String name = document().path("sha256").asString();
    assertThat(served.world.keys("transcripts/")).containsExactly("transcripts/demo/" + name);

    json(put(SRT));
    assertThat(document().path("format").asString()).isEqualTo("srt");
    json(put("\uFEFF" + VTT));
    assertThat(document().path("format").asString()).isEqualTo("vtt");
    json(served.send("PUT", PATH + "?language=en-GB&format=srt", SRT));
    assertThat(document().path("language").asString()).isEqualTo("en-GB");
    String etag = served.send("GET", EPISODE, "").headers().firstValue("ETag").orElseThrow();
    assertThat(put(VTT, "If-Match", etag).statusCode()).isEqualTo(200);
    problem(put(SRT, "If-Match", etag), 412, "stale-document");

    assertThat(served.send("DELETE", PATH, "").statusCode()).isEqualTo(200);
    assertThat(document().isMissingNode()).isTrue();
  }

  @Test
  void a_dry_run_tells_the_change_and_applies_nothing() throws Exception {
    JsonNode told = json(served.send("PUT", PATH + "?dryRun=true", VTT));
    assertThat(told.path("changes").toString()).contains("transcript");
    assertThat(document().isMissingNode()).isTrue();
  }

  @Test
  void a_broken_file_is_refused_with_line_value_and_rule_and_nothing_is_changed() throws Exception {
    HttpResponse<String> refused =
        put("WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n\n00:09.000 -> 00:10.000\nBye.\n");
    problem(refused, 422, "document-refused");
    JsonNode wrong = json(refused).path("problems").get(0);
    assertThat(wrong.path("document").asString()).isEqualTo("episode talk/one");
    assertThat(wrong.path("field").asString()).isEqualTo("transcript.text, line 6");
    assertThat(wrong.path("value").asString()).isEqualTo("00:09.000 -> 00:10.000");
    assertThat(wrong.path("rule").asString()).contains("must be a time line such as");

    problem(put("WEBVTT\n\n09:59.000 --> 11:00.000\nToo late.\n"), 422, "document-refused");
    problem(put("WEBVTT\n\n00:05.000 --> 00:04.000\nBack.\n"), 422, "document-refused");
    problem(put(""), 422, "document-refused");
    problem(served.send("PUT", PATH + "?format=doc", VTT), 400, "bad-parameter");
    problem(served.send("PUT", PATH + "?language=english%20us", VTT), 422, "document-refused");
    problem(served.send("PUT", "/v1/shows/talk/episodes/two/transcript", VTT), 404, "not-found");
    problem(put("x".repeat((8 << 20) + 1)), 413, "too-large");
    AccountId rival = new AccountId("rival");
    served.world.accounts.add(rival, Account.Role.CUSTOMER);
    String other = served.world.accounts.newToken(rival, "test").orElseThrow();
    problem(served.sendAs(other, "PUT", PATH, VTT), 403, "foreign-document");
    assertThat(document().isMissingNode()).isTrue();
    assertThat(served.world.keys("transcripts/")).isEmpty();
  }

  @Test
  void a_document_may_not_name_one_that_is_not_stored_or_outlasts_a_shorter_body()
      throws Exception {
    json(put("WEBVTT\n\n09:00.000 --> 09:10.000\nNearly the end.\n"));
    String document = served.send("GET", EPISODE, "").body();
    problem(
        served.send(
            "PUT",
            EPISODE,
            document.replace(document().path("sha256").asString(), "ab".repeat(32))),
        422,
        "document-refused");
    String shorter = served.recording("shorter", Duration.ofMinutes(5));
    String body = json(served.send("GET", EPISODE, "")).path("bodies").get(0).asString();
    HttpResponse<String> refused = served.send("PUT", EPISODE, document.replace(body, shorter));
    problem(refused, 422, "document-refused");
    assertThat(refused.body()).contains("must end within the recording");
  }
}
