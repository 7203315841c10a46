package io.castloom.ingest.delivery;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.delivery.VersionFacts;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.ServedWorld;
import io.castloom.ingest.http.Routes;
import io.castloom.ingest.shows.DocumentRoutes;
import io.castloom.service.accounts.Account;
import io.castloom.service.versions.StoredVersions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InsertionsTest {
  private static final String KEY = "media/talk/one/1111111111111111.mp3";
  private static final String REPORT = "/v1/campaigns/spring/insertions";

  @TempDir Path folder;
  private ServedWorld served;
  private final List<DeliveryLog> logs = new ArrayList<>();
  private LocalDate today;

  @BeforeEach
  void start() throws Exception {
    DeliverySettings settings = new DeliverySettings(false, true, Duration.ofHours(1));
    served =
        new ServedWorld(
            folder,
            world -> {
              DeliveryLog log =
                  new DeliveryLog(world.store, "node", settings.flushEvery(), world.clock);
              logs.add(log);
              StoredVersions versions = new StoredVersions(world.store);
              return List.<Routes>of(
                  new DocumentRoutes(world.catalog, world.editor),
                  new InsertionRoutes(world.store, world.catalog, world.clock),
                  new MediaRoutes(versions, world.published, log, settings, world.clock));
            });
    today = LocalDate.ofInstant(served.world.clock.instant(), ZoneOffset.UTC);
    String ad = served.recording("ad", Duration.ofSeconds(30));
    served.send(
        "PUT",
        "/v1/creatives/bread",
        "{\"advertiser\":\"Baker\",\"language\":\"en\",\"versions\":[{\"original\":\""
            + ad
            + "\"}]}");
    HttpResponse<String> campaign =
        served.send(
            "PUT",
            "/v1/campaigns/spring",
            "{\"advertiser\":\"Baker\",\"tier\":\"direct\",\"creatives\":[\"bread\"],"
                + "\"flights\":[{\"from\":\""
                + today.minusDays(4)
                + "\",\"to\":\""
                + today.plusDays(5)
                + "\"}],\"goal\":{\"insertions\":10}}");
    assertThat(campaign.statusCode()).as(campaign.body()).isEqualTo(201);
    served.world.published.put(
        KEY, ObjectData.of(FakeTools.recording(10_000, 3), "audio/mpeg"), PutCondition.ifAbsent());
    new StoredVersions(served.world.store)
        .keepFacts(
            new VersionFacts(
                KEY,
                "talk",
                "one",
                10_000,
                2_000,
                List.of(new VersionFacts.AdBytes("spring", 5_000, 6_000))));
  }

  @AfterEach
  void stop() {
    served.close();
    logs.forEach(DeliveryLog::close);
  }

  private void night(LocalDate night, int slots) throws Exception {
    String text =
        "{\"night\":\"" + night + "\",\"campaigns\":{\"spring\":{\"talk\":" + slots + "}}}";
    served.world.store.put(
        "nightly/insertions/" + night + ".json",
        ObjectData.of(text.getBytes(StandardCharsets.UTF_8), "application/json"),
        PutCondition.always());
  }

  private void hears(String address, String agent, String range) throws Exception {
    served.listen(
        "GET", "/" + KEY, "X-Forwarded-For", address, "User-Agent", agent, "Range", range);
  }

  @Test
  void slots_and_downloads_are_counted_by_the_rules() throws Exception {
    night(today.minusDays(5), 100);
    night(today.minusDays(4), 2);
    night(today.minusDays(1), 3);
    hears("203.0.113.1", "Player", "bytes=0-3999");
    hears("203.0.113.1", "Player", "bytes=4000-9999");
    hears("203.0.113.1", "Player", "bytes=0-9999");
    hears("203.0.113.2", "Player", "bytes=0-4999");
    hears("203.0.113.3", "Player", "bytes=0-1");
    hears("203.0.113.4", "SomeBot/1", "bytes=0-9999");
    logs.getFirst().flush();
    JsonNode report = json(served.send("GET", REPORT, ""));
    assertThat(report.path("from").asString()).isEqualTo(today.minusDays(4).toString());
    JsonNode all = report.path("rows").get(0);
    assertThat(all.path("inserted").asInt()).as(report.toString()).isEqualTo(5);
    assertThat(all.path("delivered").asInt()).isEqualTo(1);
    assertThat(all.path("goal").asInt()).isEqualTo(10);
    assertThat(all.path("planned").asInt()).isEqualTo(5);
    assertThat(all.path("pace").asString()).isEqualTo("on pace");
    assertThat(report.path("rows").get(1).path("show").asString()).isEqualTo("talk");
    HttpResponse<String> csv =
        served.send("GET", REPORT + "?format=csv&from=" + today.minusDays(1), "");
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.body())
        .isEqualTo(
            String.join(
                "\r\n",
                "campaign,show,goal,unit,planned,inserted,delivered,pace",
                "spring,,,,,3,1,",
                "spring,talk,,,,3,1,",
                ""));
  }

  @Test
  void wrong_questions_are_refused() throws Exception {
    problem(served.send("GET", REPORT + "?format=xml", ""), 400, "bad-parameter");
    problem(served.send("GET", REPORT + "?from=then", ""), 400, "bad-parameter");
    problem(
        served.send("GET", REPORT + "?from=2026-02-02&to=2026-02-01", ""), 400, "bad-parameter");
    problem(
        served.send("GET", REPORT + "?from=2000-01-01&to=2026-02-01", ""), 400, "bad-parameter");
    problem(served.send("GET", "/v1/campaigns/none/insertions", ""), 404, "not-found");
    AccountId rival = new AccountId("rival");
    served.world.accounts.add(rival, Account.Role.CUSTOMER);
    String other = served.world.accounts.newToken(rival, "test").orElseThrow();
    problem(served.sendAs(other, "GET", REPORT, ""), 403, "foreign-document");
  }
}
