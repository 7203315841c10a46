package io.castloom.ingest.assembly;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.nightly.Nights;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.ServedWorld;
import io.castloom.service.assembly.NightRequests;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class NightRoutesTest {
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
