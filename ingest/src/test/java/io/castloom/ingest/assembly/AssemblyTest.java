package io.castloom.ingest.assembly;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.nightly.Nights;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.ServedWorld;
import io.castloom.ingest.World;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.DocumentRoutes;
import io.castloom.service.accounts.Account;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.NightRequests;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.stitch.EpisodeStitcher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AssemblyTest {
  private static final String ENCODER = "enc1";
  private static final double FRAME = 1152 / 44_100.0;

  @TempDir Path folder;
  private ServedWorld served;
  private String body;
  private String ad;

  @BeforeEach
  void start() throws Exception {
    served = new ServedWorld(folder, AssemblyTest::routes);
    body = served.recording("body", Duration.ofMinutes(20));
    ad = served.recording("ad", Duration.ofSeconds(30));
    put(
        "/v1/shows/talk",
        """
        {"title":"Talk","language":"en","description":"We talk.","author":"Ann",
         "cover":"https://example.com/c.png","categories":["Technology"],"formats":["mp3-128"],
         "breaks":{"pre":{"slots":1},"mid":{"slots":1},"minimumDistance":"1:00"}}
        """);
    put(
        "/v1/shows/talk/episodes/one",
        "{\"title\":\"One\",\"bodies\":[\""
            + body
            + "\"],\"cuePoints\":[{\"at\":\"10:00\"}],\"state\":\"published\","
            + "\"publishedAt\":\"2026-05-01T00:00:00Z\"}");
    put(
        "/v1/creatives/bread",
        "{\"advertiser\":\"Baker\",\"language\":\"en\",\"versions\":[{\"original\":\""
            + ad
            + "\"}]}");
    put(
        "/v1/campaigns/house",
        "{\"advertiser\":\"Baker\",\"tier\":\"house\",\"creatives\":[\"bread\"]}");
  }

  private static List<Routes> routes(World world) {
    var formats = new ShowFormats(_ -> StandardProfiles.ALL);
    var planner =
        new NightPlanner(
            world.catalog,
            new ShowBooks(world.store, world.catalog),
            world.store,
            formats,
            ENCODER);
    return List.of(
        new DocumentRoutes(world.catalog, world.editor),
        new AssemblyRoutes(
            new AssemblyRoutes.Stores(world.store, world.published),
            world.catalog,
            planner,
            formats,
            new AssemblyOrders(world.store, formats, world.dispatcher, world.clock),
            world.clock),
        new NightRoutes(world.store, world.catalog, planner, world.clock),
        new NightOrderRoutes(world.store, world.catalog, world.clock));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private void put(String path, String document) throws Exception {
    HttpResponse<String> answer = served.send("PUT", path, document);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Silent frames of 128 kbit/s, 44.1 kHz, stereo, without reservoir. */
  private void piece(String original, Segment.Kind kind, int frames) throws IOException {
    piece(original, kind, frames, false);
  }

  /**
   * @param fast at 48 kHz
   */
  private void piece(String original, Segment.Kind kind, int frames, boolean fast)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] frame = new byte[fast ? 384 : 417];
    frame[0] = (byte) 0xff;
    frame[1] = (byte) 0xfb;
    frame[2] = (byte) (fast ? 0x94 : 0x90);
    for (int i = 0; i < frames; i++) {
      bytes.writeBytes(frame);
    }
    byte[] audio = bytes.toByteArray();
    Profile profile = StandardProfiles.ALL.get("mp3-128");
    PieceKey key =
        EpisodeStitcher.key(
            kind, original, java.util.Objects.requireNonNull(profile).withLoudness(-16), ENCODER);
    if (!(Mp3Scanner.scan(ByteSource.of(audio)) instanceof Parsed.Good<Mp3Scan>(Mp3Scan scan))) {
      throw new AssertionError("the test's frames are none");
    }
    assertThat(scan.index().count()).isEqualTo(frames);
    var store = served.world.store;
    store.put(key.audio(), ObjectData.of(audio, "audio/mpeg"), PutCondition.ifAbsent());
    store.put(
        key.index(),
        ObjectData.of(scan.index().encode(), "application/octet-stream"),
        PutCondition.ifAbsent());
  }

  private HttpResponse<String> assembly(String query) throws Exception {
    return served.send("POST", "/v1/shows/talk/episodes/one/assembly" + query, "");
  }

  @Test
  void a_dry_run_tells_segments_reasons_and_times_before_any_piece_exists() throws Exception {
    JsonNode plan = json(assembly("?dryRun=true&date=2026-05-02"));
    assertThat(plan.path("night").asString()).isEqualTo("2026-05-02");
    assertThat(plan.path("decision").asString()).isEqualTo("rebuild");
    assertThat(plan.path("reasons").toString()).contains("slot pre: house chosen");
    JsonNode format = plan.path("formats").get(0);
    assertThat(format.path("exact").asBoolean()).isFalse();
    assertThat(format.path("missingPieces").asInt()).isEqualTo(2);
    JsonNode segments = format.path("segments");
    assertThat(segments.get(0).path("kind").asString()).isEqualTo("ad");
    assertThat(segments.get(0).path("slot").asString()).isEqualTo("pre");
    assertThat(segments.get(0).path("campaign").asString()).isEqualTo("house");
    assertThat(segments.get(0).path("creative").asString()).isEqualTo("bread");
    assertThat(segments.get(1).path("start").asDouble()).isEqualTo(30);
    assertThat(served.world.messages()).isZero();
    assertThat(served.world.keys("nightly/2026")).isEmpty();
    assertThat(json(served.send("GET", "/v1/shows/talk/episodes/one/arrangement", "")).toString())
        .contains("segments");
  }

  @Test
  void with_its_pieces_times_and_bytes_are_exact() throws Exception {
    piece(body, Segment.Kind.BODY, 45_938);
    piece(ad, Segment.Kind.AD, 1_149);
    JsonNode format = json(assembly("?dryRun=true")).path("formats").get(0);
    assertThat(format.path("exact").asBoolean()).as(format.toString()).isTrue();
    JsonNode second = format.path("segments").get(1);
    assertThat(second.path("start").asDouble())
        .isCloseTo(1_149 * FRAME, org.assertj.core.data.Offset.offset(0.03));
    assertThat(format.path("bytes").asLong()).isGreaterThan(45_938L * 417);
    assertThat(format.path("throughAssembler").asLong())
        .isPositive()
        .isLessThan(format.path("bytes").asLong());
    assertThat(format.path("how").asString()).isEqualTo("frames are copied as they are");
    assertThat(format.path("changed").asBoolean()).isTrue();
  }

  @Test
  void a_dry_run_tells_which_piece_is_encoded_again_and_why() throws Exception {
    piece(body, Segment.Kind.BODY, 45_938, true);
    piece(ad, Segment.Kind.AD, 1_149);
    JsonNode format = json(assembly("?dryRun=true")).path("formats").get(0);
    assertThat(format.path("missingPieces").asInt()).as(format.toString()).isEqualTo(1);
    JsonNode piece = format.path("toBeMade").get(0);
    assertThat(piece.path("kind").asString()).isEqualTo("body");
    assertThat(piece.path("original").asString()).isEqualTo(body);
    assertThat(piece.path("again").asBoolean()).isTrue();
    assertThat(piece.path("why").asString()).contains("48000 Hz").contains("44100 Hz");
  }

  @Test
  void an_order_by_hand_is_a_job_and_each_one_is_a_new_one() throws Exception {
    HttpResponse<String> ordered = assembly("?date=2026-05-02");
    assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
    String id = json(ordered).path("job").asString();
    assertThat(ordered.headers().firstValue("Location")).hasValue("/v1/jobs/" + id);
    Job job = served.world.jobs.find(World.DEMO, new JobId(id)).orElseThrow();
    assertThat(job.priority()).isEqualTo(Priority.NORMAL);
    assertThat(job.assembly()).isNotNull();
    assertThat(served.world.messages()).isEqualTo(1);
    assertThat(served.world.keys("nightly/2026-05-02/"))
        .containsExactly("nightly/2026-05-02/talk/one.json");
    assertThat(json(assembly("?date=2026-05-02")).path("job").asString()).isNotEqualTo(id);
  }

  @Test
  void what_cannot_be_assembled_is_refused_with_the_reason() throws Exception {
    problem(assembly("?date=soon"), 400, "bad-parameter");
    problem(assembly("?date=1026-05-02"), 400, "bad-parameter");
    problem(assembly("?dryRun=maybe"), 400, "bad-parameter");
    problem(served.send("POST", "/v1/shows/talk/episodes/two/assembly", ""), 404, "not-found");
    problem(served.send("POST", "/v1/shows/none/episodes/one/assembly", ""), 404, "not-found");
    problem(served.send("GET", "/v1/shows/talk/episodes/one/chapters", ""), 404, "not-found");
    problem(served.send("GET", "/v1/shows/talk/episodes/one/transcript", ""), 404, "not-found");
    AccountId rival = new AccountId("rival");
    served.world.accounts.add(rival, Account.Role.CUSTOMER);
    String other = served.world.accounts.newToken(rival, "test").orElseThrow();
    problem(
        served.sendAs(other, "POST", "/v1/shows/talk/episodes/one/assembly", ""),
        403,
        "foreign-document");
    String document = served.send("GET", "/v1/shows/talk/episodes/one", "").body();
    served.send(
        "PUT", "/v1/shows/talk/episodes/one", document.replace("published\"", "withdrawn\""));
    problem(assembly("?dryRun=true"), 409, "withdrawn");
    served.send(
        "PUT", "/v1/shows/talk/episodes/one", document.replace("\"published\"", "\"draft\""));
    problem(assembly(""), 409, "draft");
  }

  @Test
  void a_night_is_planned_and_told_for_ones_own_shows() throws Exception {
    JsonNode plan = json(served.send("GET", "/v1/nightly/2026-05-02/plan", ""));
    JsonNode show = plan.path("shows").get(0);
    assertThat(show.path("show").asString()).isEqualTo("talk");
    assertThat(show.path("rebuild").get(0).path("why").asString()).isEqualTo("first version");
    assertThat(json(served.send("GET", "/v1/nightly/2026-05-02", "")).path("shows").isEmpty())
        .isTrue();
    served.world.store.put(
        "nightly/2026-05-02/talk.json",
        ObjectData.of(
            """
            {"show":"talk","night":"2026-05-02","startedAt":"2026-05-02T03:00:00Z","by":"a-1",
             "state":"finished","ordered":[{"episode":"one","job":"0123","why":"first version"}],
             "report":{"night":"2026-05-02","show":"talk","skipped":{"unchanged":7},
               "lines":[{"episode":"one","outcome":"rebuilt","why":"first version","bytes":1000,
                 "throughUs":10,"time":"PT2S","requests":4}]},"documentVersion":3}
            """
                .getBytes(StandardCharsets.UTF_8),
            "application/json"),
        PutCondition.always());
    served.world.store.put(
        "fleet/ledger/2026-05-02.json",
        ObjectData.of(
            """
            {"usd":12.0,"taskSeconds":{"demo|assembly-bulk|assemble":8.0},
             "storeUsdPerThousandRequests":0.01}
            """
                .getBytes(StandardCharsets.UTF_8),
            "application/json"),
        PutCondition.always());
    JsonNode night = json(served.send("GET", "/v1/nightly/2026-05-02", "")).path("shows").get(0);
    assertThat(night.path("cost").path("instances").asDouble()).isEqualTo(3);
    assertThat(night.path("cost").path("requests").asDouble()).isEqualTo(0.00004);
    assertThat(night.path("rebuilt").asInt()).isEqualTo(1);
    assertThat(night.path("skipped").path("unchanged").asInt()).isEqualTo(7);
    assertThat(night.path("episodes").get(0).path("outcome").asString()).isEqualTo("rebuilt");
    problem(served.send("GET", "/v1/nightly/yesterday", ""), 400, "bad-parameter");
    String operator = served.world.operatorToken;
    assertThat(
            json(served.sendAs(operator, "GET", "/v1/nightly/2026-05-02", "")).path("shows").size())
        .isEqualTo(1);
  }

  @Test
  void a_night_is_run_by_hand_and_its_failed_episodes_again() throws Exception {
    LocalDate night =
        Nights.current(served.world.clock.instant(), LocalTime.of(3, 0), ZoneOffset.UTC);
    NightRequests requests = new NightRequests(served.world.store);
    problem(served.send("POST", "/v1/nightly/current/rerun", ""), 409, "nothing-to-run");
    problem(
        served.send("POST", "/v1/nightly/" + night.minusDays(1) + "/run", ""),
        409,
        "nothing-to-run");
    problem(served.send("POST", "/v1/nightly/current/run?show=none", ""), 404, "not-found");

    HttpResponse<String> run = served.send("POST", "/v1/nightly/current/run?show=talk", "");
    assertThat(run.statusCode()).as(run.body()).isEqualTo(202);
    assertThat(json(run).path("shows").get(0).path("night").asString()).isEqualTo(night.toString());
    assertThat(requests.open())
        .extracting(NightRequests.Request::night, NightRequests.Request::extent)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(night, NightRequests.Extent.ALL));

    String report =
        """
        {"show":"talk","night":"%s","startedAt":"2026-05-02T03:00:00Z","by":"a-1","state":"%s",
         "ordered":[],"report":{"night":"%s","show":"talk","skipped":{},
           "lines":[{"episode":"one","outcome":"failed","why":"no disk","bytes":0,"throughUs":0,
             "time":"PT2S","requests":0}]}}
        """;
    night(night, report.formatted(night, "ordered", night));
    problem(served.send("POST", "/v1/nightly/current/run", ""), 409, "nothing-to-run");
    night(night, report.formatted(night, "finished", night));
    assertThat(served.send("POST", "/v1/nightly/" + night + "/rerun", "").statusCode())
        .isEqualTo(202);
    assertThat(requests.open())
        .extracting(NightRequests.Request::extent)
        .containsExactly(NightRequests.Extent.FAILED);
  }

  private void night(LocalDate night, String text) throws IOException {
    served.world.store.put(
        "nightly/" + night + "/talk.json",
        ObjectData.of(text.getBytes(StandardCharsets.UTF_8), "application/json"),
        PutCondition.always());
  }
}
