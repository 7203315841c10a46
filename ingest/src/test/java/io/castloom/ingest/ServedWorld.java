package io.castloom.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import io.castloom.ingest.access.LoginLimit;
import io.castloom.ingest.http.Gate;
import io.castloom.ingest.http.HttpServer;
import io.castloom.ingest.http.Routes;
import io.castloom.service.json.Json;
import io.castloom.service.originals.StoredOriginals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A world in memory behind a server on a free port, with the routes that a test is about. */
public final class ServedWorld implements AutoCloseable {
  public final World world;
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Makes routes over a world. */
  public interface Making {
    List<Routes> of(World world) throws IOException;
  }

  /**
   * @param folder for the spool
   */
  public ServedWorld(Path folder, Making routes) throws IOException {
    world = new World(folder);
    List<Routes> all = new ArrayList<>();
    all.add(new Gate(world.accounts, new LoginLimit(world.clock, 5), false));
    all.addAll(routes.of(world));
    server = HttpServer.start(new HttpServer.Address("127.0.0.1", 0, null), all);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  public int port() {
    return server.port();
  }

  public HttpClient http() {
    return http;
  }

  /** A request with the demo account's token. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + world.token);
  }

  /** The demo account's request; headers as name, value, name, value. */
  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return sendAs(world.token, method, path, body, headers);
  }

  /** A request of whoever has the token; an empty token is not sent. */
  public HttpResponse<String> sendAs(
      String token, String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Without a token, as listeners ask; the body as bytes. */
  public HttpResponse<byte[]> listen(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** A recording that the demo account has uploaded before. */
  public String recording(String seed, Duration length) throws IOException {
    return recording(World.DEMO, seed, length);
  }

  /** A recording that an account has uploaded before. */
  public String recording(AccountId account, String seed, Duration length) throws IOException {
    Sha256 sha256 = Sha256.of(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    SourceMedia media =
        new SourceMedia(
            "wav",
            "pcm_s16le",
            0,
            44_100,
            2,
            "stereo",
            length,
            -1,
            true,
            1_000,
            Map.of(),
            List.of());
    new StoredOriginals(world.store)
        .describe(new Original(account, sha256, seed + ".wav", media, world.clock.instant()));
    return sha256.hex();
  }

  public static JsonNode json(HttpResponse<String> response) {
    return Json.mapper().readTree(response.body());
  }

  /** Checks that an answer is problem details with this status and code. */
  public static JsonNode problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(response).path("type").asString()).contains(code);
    assertThat(json(response).path("detail").asString()).isNotEmpty();
    return json(response);
  }

  @Override
  public void close() {
    http.close();
    server.close();
    world.close();
    assertThat(world.store.openStreams()).isZero();
    assertThat(world.published.openStreams()).isZero();
  }
}
