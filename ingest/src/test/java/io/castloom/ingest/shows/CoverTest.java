package io.castloom.ingest.shows;

import static io.castloom.ingest.ServedWorld.json;
import static io.castloom.ingest.ServedWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Pictures;
import io.castloom.domain.media.Sha256;
import io.castloom.ingest.ServedWorld;
import io.castloom.ingest.http.ProfileRoutes;
import io.castloom.service.accounts.Account;
import io.castloom.service.originals.StoredCovers;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CoverTest {
  private static final String SHOW = "/v1/shows/talk";
  private static final String EPISODE = SHOW + "/episodes/one";
  private static final byte[] PNG = Pictures.png(1_400, 1_400);
  private static final byte[] JPEG = Pictures.jpeg(3_000, 3_000, 3);
  private static final String DOCUMENT =
      """
      {"title":"Talk","language":"en","description":"We talk.","author":"Ann",
       "cover":"https://example.com/c.png","categories":["Technology"],"formats":["mp3-128"]}
      """;

  @TempDir Path folder;
  private ServedWorld served;

  @BeforeEach
  void a_show_with_an_episode() throws Exception {
    served =
        new ServedWorld(
            folder,
            world ->
                List.of(
                    new DocumentRoutes(world.catalog, world.editor),
                    new ProfileRoutes(world.accounts, world.store),
                    new CoverRoutes(world.catalog, world.editor, new StoredCovers(world.store))));
    served.send("PUT", SHOW, DOCUMENT);
    String body = served.recording("body", Duration.ofMinutes(10));
    served.send("PUT", EPISODE, "{\"title\":\"One\",\"bodies\":[\"" + body + "\"]}");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private HttpResponse<String> put(String path, byte[] picture, String... headers)
      throws Exception {
    HttpRequest.Builder request = served.request(path).PUT(BodyPublishers.ofByteArray(picture));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return served.http().send(request.build(), BodyHandlers.ofString());
  }

  private String cover(String document) throws Exception {
    return json(served.send("GET", document, "")).path("cover").asString("");
  }

  @Test
  void a_picture_is_stored_once_by_its_digest_and_named_in_the_document() throws Exception {
    JsonNode told = json(put(SHOW + "/cover", PNG));
    String name = Sha256.of(PNG).hex();
    assertThat(told.path("document").asString()).isEqualTo("show talk");
    assertThat(told.path("changes").toString()).contains("cover", "becomes", name.substring(0, 12));
    assertThat(cover(SHOW)).isEqualTo(name);
    assertThat(json(put(SHOW + "/cover", PNG)).path("changes")).isEmpty();

    json(put(EPISODE + "/cover", JPEG));
    assertThat(cover(EPISODE)).isEqualTo(Sha256.of(JPEG).hex());
    assertThat(served.world.keys("covers/"))
        .containsExactlyInAnyOrder("covers/demo/" + name, "covers/demo/" + Sha256.of(JPEG).hex());

    String etag = served.send("GET", EPISODE, "").headers().firstValue("ETag").orElseThrow();
    assertThat(put(EPISODE + "/cover", PNG, "If-Match", etag).statusCode()).isEqualTo(200);
    problem(put(EPISODE + "/cover", JPEG, "If-Match", etag), 412, "stale-document");
    assertThat(served.send("DELETE", EPISODE + "/cover", "").statusCode()).isEqualTo(200);
    assertThat(cover(EPISODE)).isEmpty();
  }

  @Test
  void a_dry_run_tells_the_change_and_applies_nothing() throws Exception {
    JsonNode told = json(put(SHOW + "/cover?dryRun=true", PNG));
    assertThat(told.path("changes").toString()).contains(Sha256.of(PNG).hex().substring(0, 12));
    assertThat(cover(SHOW)).isEqualTo("https://example.com/c.png");
  }

  @Test
  void a_picture_that_directories_refuse_is_refused_with_the_rule() throws Exception {
    HttpResponse<String> refused = put(SHOW + "/cover", Pictures.jpeg(1_400, 900, 3));
    problem(refused, 422, "document-refused");
    JsonNode wrong = json(refused).path("problems").get(0);
    assertThat(wrong.path("document").asString()).isEqualTo("show talk");
    assertThat(wrong.path("field").asString()).isEqualTo("cover");
    assertThat(wrong.path("rule").asString())
        .isEqualTo(
            "the cover has 1400 x 900 pixels: it must be a square JPEG or PNG of 1400 to 3000"
                + " pixels and at most 1 MiB, in RGB colours");
    problem(put(EPISODE + "/cover", new byte[100]), 422, "document-refused");
    problem(put(SHOW + "/cover", new byte[0]), 422, "document-refused");
    problem(put(SHOW + "/cover", new byte[Picture.MOST_BYTES + 1]), 413, "too-large");
    problem(put("/v1/shows/none/cover", PNG), 404, "not-found");
    problem(put(SHOW + "/episodes/none/cover", PNG), 404, "not-found");
    HttpResponse<String> without = served.send("DELETE", SHOW + "/cover", "");
    problem(without, 422, "document-refused");
    assertThat(without.body()).contains("cover");
    AccountId rival = new AccountId("rival");
    served.world.accounts.add(rival, Account.Role.CUSTOMER);
    String other = served.world.accounts.newToken(rival, "test").orElseThrow();
    problem(served.sendAs(other, "PUT", SHOW + "/cover", "x"), 403, "foreign-document");
    assertThat(cover(SHOW)).isEqualTo("https://example.com/c.png");
    assertThat(served.world.keys("covers/")).isEmpty();
  }

  @Test
  void a_document_names_a_stored_cover_that_is_there_and_good() throws Exception {
    String name = Sha256.of(PNG).hex();
    String document = DOCUMENT.replace("https://example.com/c.png", name);
    HttpResponse<String> missing = served.send("PUT", SHOW, document);
    problem(missing, 422, "document-refused");
    assertThat(missing.body()).contains("is not a stored cover of this account", "/v1/covers");

    var request = served.request("/v1/covers").POST(BodyPublishers.ofByteArray(PNG)).build();
    assertThat(json(served.http().send(request, BodyHandlers.ofString())).path("cover").asString())
        .isEqualTo(name);
    assertThat(served.send("PUT", SHOW, document).statusCode()).isEqualTo(200);

    byte[] small = Pictures.png(600, 600); // good enough for a profile
    request = served.request("/v1/covers").POST(BodyPublishers.ofByteArray(small)).build();
    json(served.http().send(request, BodyHandlers.ofString()));
    HttpResponse<String> refused =
        served.send("PUT", SHOW, document.replace(name, Sha256.of(small).hex()));
    problem(refused, 422, "document-refused");
    assertThat(refused.body()).contains("600 x 600 pixels", "1400 to 3000");
    problem(served.send("PUT", SHOW, document.replace(name, "cover.jpg")), 422, "document-refused");
    assertThat(cover(SHOW)).isEqualTo(name);
  }
}
