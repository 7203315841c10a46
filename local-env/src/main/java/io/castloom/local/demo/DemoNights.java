package io.castloom.local.demo;

import io.castloom.local.cli.Api;
import io.castloom.local.cli.Failure;
import io.castloom.local.cli.Spans;
import io.castloom.local.system.LocalSystem;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An episode on two nights: other ads, the same cue point, hardly any bytes moved. */
final class DemoNights {

  private static final String SHOW = "harbour-lights";
  private static final String EPISODE = "engines";

  private final Api api;
  private final LocalSystem system;
  private final Recordings recordings;
  private final JobBoard board;
  private final Story story;

  DemoNights(Api api, LocalSystem system, Recordings recordings, JobBoard board, Story story) {
    this.api = api;
    this.system = system;
    this.recordings = recordings;
    this.board = board;
    this.story = story;
  }

  void run() throws Failure, IOException, InterruptedException {
    story.chapter("An episode with ads, on two nights");
    LocalDate tonight = LocalDate.now(ZoneOffset.UTC);
    documents(tonight);
    night(tonight);
    night(tonight.plusDays(1));
    HttpResponse<String> feed =
        api.send(
            "GET",
            "/feeds/" + SHOW + ".xml",
            BodyPublishers.noBody(),
            Map.of(),
            BodyHandlers.ofString());
    String enclosure = feed.body().replaceAll("(?s).*(<enclosure [^>]*>).*", "$1");
    story.line("feed " + system.ready().http() + "/feeds/" + SHOW + ".xml says " + enclosure);
  }

  private void documents(LocalDate tonight) throws Failure, IOException, InterruptedException {
    String body = upload("harbour-lights.mp2");
    String intro = upload("intro.mp3");
    String outro = upload("outro.mp3");
    Map<String, Object> show = new LinkedHashMap<>();
    show.put("title", "Harbour Lights");
    show.put("language", "en");
    show.put("description", "Boats, weather, and the people who know both.");
    show.put("author", "Castloom");
    show.put("cover", "https://example.org/harbour.jpg");
    show.put("categories", List.of("Leisure"));
    show.put("formats", List.of("mp3-128", "aac-128"));
    show.put("pieces", Map.of("opening", intro, "closing", outro));
    show.put("intro", "opening");
    show.put("outro", "closing");
    show.put(
        "breaks", Map.of("mid", Map.of("slots", 1, "maxSeconds", 30), "minimumDistance", "10s"));
    put("/v1/shows/" + SHOW, show);
    for (String ad : List.of("tidewater-rope", "nightjar-coffee")) {
      String original = upload("ad-" + ad + ".mp3");
      put(
          "/v1/creatives/" + ad,
          Map.of(
              "advertiser",
              ad,
              "language",
              "en",
              "versions",
              List.of(Map.of("original", original))));
    }
    campaign("tidewater-rope", tonight);
    campaign("nightjar-coffee", tonight.plusDays(1));
    Map<String, Object> episode = new LinkedHashMap<>();
    episode.put("title", "What engines say");
    episode.put("bodies", List.of(body));
    episode.put("cuePoints", List.of("0:16"));
    episode.put(
        "chapters",
        List.of(
            Map.of("at", "0:00", "title", "On the pier"),
            Map.of("at", "0:16", "title", "Thirty-one winters")));
    episode.put("state", "published");
    episode.put("publishedAt", tonight + "T00:00:00Z");
    put("/v1/shows/" + SHOW + "/episodes/" + EPISODE, episode);
    story.line("show, episode, two creatives and two campaigns are applied");
  }

  private void campaign(String ad, LocalDate night)
      throws Failure, IOException, InterruptedException {
    put(
        "/v1/campaigns/" + ad,
        Map.of(
            "advertiser", ad,
            "tier", "direct",
            "creatives", List.of(ad),
            "flights", List.of(Map.of("from", night.toString(), "to", night.toString())),
            "goal", Map.of("insertions", 1)));
  }

  private String upload(String name) throws Failure, IOException, InterruptedException {
    Path file = recordings.get(name);
    byte[] answer =
        api.send(
                "PUT",
                "/v1/uploads/" + name,
                BodyPublishers.ofFile(file),
                Map.of(),
                BodyHandlers.ofByteArray())
            .body();
    return JsonMapper.shared().readTree(answer).path("original").asString();
  }

  private void put(String path, Map<String, Object> document)
      throws Failure, IOException, InterruptedException {
    api.send("PUT", path, JsonMapper.shared().writeValueAsString(document), Map.of());
  }

  private void night(LocalDate night) throws Failure, IOException, InterruptedException {
    JsonNode ordered =
        api.send(
            "POST",
            "/v1/shows/" + SHOW + "/episodes/" + EPISODE + "/assembly?date=" + night,
            "",
            Map.of());
    String job =
        ordered
            .path("job")
            .path("id")
            .asString(ordered.path("job").asString(ordered.path("id").asString("")));
    JsonNode done = board.await(List.of(job)).getFirst();
    JsonNode file = done.path("renditions").path(0);
    JsonNode facts = file.path("facts");
    story.line(
        "night "
            + night
            + ": "
            + Spans.bytes(file.path("sizeBytes").asLong(0))
            + ", "
            + facts.path("seconds").asString()
            + " s, "
            + Spans.bytes(Long.parseLong(facts.path("ownBytes").asString("0")))
            + " of it through the assembler, in "
            + Spans.of(JobBoard.took(done)));
  }
}
