package io.castloom.ingest.assembly;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.Priority;
import io.castloom.ingest.ServedWorld;
import io.castloom.ingest.World;
import io.castloom.service.accounts.Account;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AssemblyTest {
  private static final double FRAME = 1152 / 44_100.0;

  @TempDir Path folder;
  private AssemblyWorld house;
  private ServedWorld served;

  @BeforeEach
  void start() throws Exception {
    house = new AssemblyWorld(folder);
    served = house.served;
  }

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void a_dry_run_tells_segments_reasons_and_times_before_any_piece_exists() throws Exception {
    JsonNode plan = json(house.assembly("?dryRun=true&date=2026-05-02"));
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
    house.piece(house.body, Segment.Kind.BODY, 45_938);
    house.piece(house.ad, Segment.Kind.AD, 1_149);
    JsonNode format = json(house.assembly("?dryRun=true")).path("formats").get(0);
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
    house.piece(house.body, Segment.Kind.BODY, 45_938, true);
    house.piece(house.ad, Segment.Kind.AD, 1_149);
    JsonNode format = json(house.assembly("?dryRun=true")).path("formats").get(0);
    assertThat(format.path("missingPieces").asInt()).as(format.toString()).isEqualTo(1);
    JsonNode piece = format.path("toBeMade").get(0);
    assertThat(piece.path("kind").asString()).isEqualTo("body");
    assertThat(piece.path("original").asString()).isEqualTo(house.body);
    assertThat(piece.path("again").asBoolean()).isTrue();
    assertThat(piece.path("why").asString()).contains("48000 Hz").contains("44100 Hz");
  }

  @Test
  void an_order_by_hand_is_a_job_and_each_one_is_a_new_one() throws Exception {
    HttpResponse<String> ordered = house.assembly("?date=2026-05-02");
    assertThat(ordered.statusCode()).as(ordered.body()).isEqualTo(202);
    String id = json(ordered).path("job").asString();
    assertThat(ordered.headers().firstValue("Location")).hasValue("/v1/jobs/" + id);
    Job job = served.world.jobs.find(World.DEMO, new JobId(id)).orElseThrow();
    assertThat(job.priority()).isEqualTo(Priority.NORMAL);
    assertThat(job.assembly()).isNotNull();
    assertThat(served.world.messages()).isEqualTo(1);
    assertThat(served.world.keys("nightly/2026-05-02/"))
        .containsExactly("nightly/2026-05-02/talk/one.json");
    assertThat(json(house.assembly("?date=2026-05-02")).path("job").asString()).isNotEqualTo(id);
  }

  @Test
  void what_cannot_be_assembled_is_refused_with_the_reason() throws Exception {
    problem(house.assembly("?date=soon"), 400, "bad-parameter");
    problem(house.assembly("?date=1026-05-02"), 400, "bad-parameter");
    problem(house.assembly("?dryRun=maybe"), 400, "bad-parameter");
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
    problem(house.assembly("?dryRun=true"), 409, "withdrawn");
    served.send(
        "PUT", "/v1/shows/talk/episodes/one", document.replace("\"published\"", "\"draft\""));
    problem(house.assembly(""), 409, "draft");
  }
}
