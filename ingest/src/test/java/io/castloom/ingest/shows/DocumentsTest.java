package io.castloom.ingest.shows;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.ingest.ServedWorld;
import io.castloom.service.accounts.Account;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DocumentsTest {
  private static final String SHOW =
      """
      {"title":"Talk","language":"en","description":"We talk.","author":"Ann",
       "cover":"https://example.com/c.png","categories":["Technology"],"formats":["mp3-128"]}
      """;

  @TempDir Path folder;
  private ServedWorld served;
  private String other;

  @BeforeEach
  void start() throws Exception {
    served =
        new ServedWorld(folder, world -> List.of(new DocumentRoutes(world.catalog, world.editor)));
    AccountId rival = new AccountId("rival");
    served.world.accounts.add(rival, Account.Role.CUSTOMER);
    other = served.world.accounts.newToken(rival, "test").orElseThrow();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> put(String path, String body, String... headers) throws Exception {
    return served.send("PUT", path, body, headers);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return served.send("GET", path, "");
  }

  @Test
  void a_document_is_applied_read_listed_changed_and_deleted() throws Exception {
    HttpResponse<String> created = put("/v1/shows/talk", SHOW);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(json(created).path("changes").toString()).contains("title");
    HttpResponse<String> read = get("/v1/shows/talk");
    String etag = read.headers().firstValue("ETag").orElseThrow();
    assertThat(json(read).path("account").asString()).isEqualTo("demo");
    assertThat(put("/v1/shows/talk", read.body(), "If-Match", etag).statusCode()).isEqualTo(200);
    JsonNode renamed = json(put("/v1/shows/talk", SHOW.replace("Talk", "Talks")));
    assertThat(renamed.path("changes").toString()).contains("title").contains("Talks");
    assertThat(json(get("/v1/shows")).path("shows").get(0).path("title").asString())
        .isEqualTo("Talks");
    String body = served.recording("body", Duration.ofMinutes(30));
    HttpResponse<String> episode =
        put("/v1/shows/talk/episodes/one", "{\"title\":\"One\",\"bodies\":[\"" + body + "\"]}");
    assertThat(episode.statusCode()).as(episode.body()).isEqualTo(201);
    JsonNode listed = json(get("/v1/shows/talk/episodes")).path("episodes");
    assertThat(listed.get(0).path("state").asString()).isEqualTo("draft");
    problem(served.send("DELETE", "/v1/shows/talk", ""), 422, "document-refused");
    assertThat(served.send("DELETE", "/v1/shows/talk/episodes/one", "").statusCode())
        .isEqualTo(200);
    assertThat(served.send("DELETE", "/v1/shows/talk", "").statusCode()).isEqualTo(200);
    problem(get("/v1/shows/talk"), 404, "not-found");
    problem(served.send("DELETE", "/v1/shows/talk", ""), 404, "not-found");
  }

  @Test
  void creatives_and_campaigns_are_documents_too() throws Exception {
    put("/v1/shows/talk", SHOW);
    String ad = served.recording("ad", Duration.ofSeconds(30));
    HttpResponse<String> creative =
        put(
            "/v1/creatives/bread",
            "{\"advertiser\":\"Baker\",\"language\":\"en\",\"versions\":[{\"original\":\""
                + ad
                + "\"}]}");
    assertThat(creative.statusCode()).as(creative.body()).isEqualTo(201);
    HttpResponse<String> campaign =
        put(
            "/v1/campaigns/spring",
            """
            {"advertiser":"Baker","tier":"direct","creatives":["bread"],
             "flights":[{"from":"2026-11-01","to":"2026-11-30"}],"goal":{"insertions":100}}
            """);
    assertThat(campaign.statusCode()).as(campaign.body()).isEqualTo(201);
    assertThat(json(get("/v1/campaigns")).path("campaigns").get(0).path("tier").asString())
        .isEqualTo("direct");
    assertThat(json(get("/v1/creatives")).path("creatives").get(0).path("id").asString())
        .isEqualTo("bread");
  }

  @Test
  void a_dry_run_tells_the_difference_and_changes_nothing() throws Exception {
    HttpResponse<String> would = put("/v1/shows/talk?dryRun=true", SHOW);
    assertThat(would.statusCode()).isEqualTo(200);
    assertThat(json(would).path("changes").isEmpty()).isFalse();
    problem(get("/v1/shows/talk"), 404, "not-found");
    problem(put("/v1/shows/talk?dryRun=perhaps", SHOW), 400, "bad-parameter");
  }

  @Test
  void an_update_that_would_be_lost_is_refused() throws Exception {
    String first = put("/v1/shows/talk", SHOW).headers().firstValue("ETag").orElseThrow();
    put("/v1/shows/talk", SHOW.replace("Ann", "Bea"), "If-Match", first);
    JsonNode stale = problem(put("/v1/shows/talk", SHOW, "If-Match", first), 412, "stale-document");
    String now = stale.path("etag").asString();
    assertThat(
            put("/v1/shows/talk", SHOW.replace("Ann", "Cid"), "If-Match", "\"x\", \"" + now + "\"")
                .statusCode())
        .isEqualTo(200);
    problem(put("/v1/shows/talk", SHOW, "If-None-Match", "*"), 412, "document-exists");
    problem(put("/v1/shows/none", SHOW, "If-Match", "*"), 412, "stale-document");
    problem(served.send("DELETE", "/v1/shows/talk", "", "If-Match", first), 412, "stale-document");
  }

  @Test
  void a_bad_document_names_field_value_and_rule_and_changes_nothing() throws Exception {
    JsonNode refused =
        problem(
            put(
                "/v1/shows/talk",
                SHOW.replace("mp3-128", "mp3-999").replace("\"en\"", "\"12345\"")),
            422,
            "document-refused");
    assertThat(refused.path("problems").size()).isEqualTo(2);
    JsonNode one = refused.path("problems").get(1);
    assertThat(one.path("document").asString()).isEqualTo("show talk");
    assertThat(one.path("field").asString()).isEqualTo("formats[0]");
    assertThat(one.path("value").asString()).isEqualTo("mp3-999");
    assertThat(one.path("rule").asString()).contains("mp3-128");
    problem(get("/v1/shows/talk"), 404, "not-found");
    problem(put("/v1/shows/UPPER", SHOW), 422, "document-refused");
    problem(put("/v1/shows/talk", "[1]"), 400, "bad-json");
    problem(put("/v1/shows/talk", "{\"id\":\"talker\"}"), 422, "document-refused");
    problem(put("/v1/shows/none/episodes/one", "{\"title\":\"x\"}"), 422, "document-refused");
    problem(get("/v1/shows/none/episodes"), 404, "not-found");
    problem(get("/v1/shows/..%2fx"), 404, "not-found");
  }

  @Test
  void another_accounts_documents_are_neither_read_nor_changed() throws Exception {
    put("/v1/shows/talk", SHOW);
    problem(served.sendAs(other, "GET", "/v1/shows/talk", ""), 403, "foreign-document");
    problem(served.sendAs(other, "PUT", "/v1/shows/talk", SHOW), 403, "foreign-document");
    problem(served.sendAs(other, "DELETE", "/v1/shows/talk", ""), 403, "foreign-document");
    problem(served.sendAs(other, "GET", "/v1/shows/talk/episodes", ""), 403, "foreign-document");
    problem(
        served.sendAs(other, "PUT", "/v1/shows/talk/episodes/e", "{\"title\":\"x\"}"),
        403,
        "foreign-document");
    assertThat(json(served.sendAs(other, "GET", "/v1/shows", "")).path("shows").isEmpty()).isTrue();
    problem(served.sendAs("", "GET", "/v1/shows", ""), 401, "not-authenticated");
    String operator = served.world.operatorToken;
    assertThat(served.sendAs(operator, "GET", "/v1/shows/talk", "").statusCode()).isEqualTo(200);
    assertThat(served.sendAs(operator, "PUT", "/v1/shows/talk?account=demo", SHOW).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_list_is_read_page_by_page() throws Exception {
    for (String id : List.of("a", "a-b", "ab", "b")) {
      assertThat(put("/v1/shows/" + id, SHOW).statusCode()).isEqualTo(201);
    }
    List<String> seen = new java.util.ArrayList<>();
    String next = "";
    do {
      JsonNode page = json(get("/v1/shows?limit=1&after=" + next));
      page.path("shows").forEach(show -> seen.add(show.path("id").asString()));
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    assertThat(seen).containsExactly("a", "a-b", "ab", "b");
  }
}
