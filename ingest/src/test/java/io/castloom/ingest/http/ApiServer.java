package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Sha256;
import io.castloom.ingest.World;
import io.castloom.ingest.access.LoginLimit;
import io.castloom.ingest.access.TlsKeys;
import io.castloom.ingest.tus.TusReceiver;
import io.castloom.ingest.tus.TusStore;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server on a free port over a world in memory, and what a client needs. */
abstract class ApiServer {
  @TempDir Path folder;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  World world;
  HttpServer server;
  final Stopping stopping = new Stopping();

  @BeforeEach
  void start() throws Exception {
    world = new World(folder);
    TusReceiver tus =
        new TusReceiver(world.intake, new TusStore(world.store), world.herald, world.clock);
    server =
        HttpServer.start(
            new HttpServer.Address("127.0.0.1", 0, keys(), publicUrl()),
            List.of(
                new Gate(world.accounts, new LoginLimit(world.clock, 5), publicUrl() != null),
                new UploadRoutes(world.intake, world.shows, world.herald),
                new TusRoutes(world.intake, world.shows, tus),
                new JobRoutes(
                    world.intake,
                    world.shows,
                    world.orders,
                    new JobViews(world.jobs, world.why, world.fleet, world.intake.names()),
                    stopping),
                new OriginalRoutes(world.intake),
                new ProfileRoutes(world.accounts, world.store),
                new RollRoutes(world.store, world.clock),
                new ScalerRoutes(world.store, world.clock),
                new ConsoleRoutes(world.accounts),
                new RenditionRoutes(world.intake, world.accounts),
                new AccountRoutes(world.intake),
                new FleetRoutes(world.queues, world.fleet)),
            headPatience());
  }

  /** For HTTPS; null for plain HTTP. */
  @Nullable TlsKeys keys() throws Exception {
    return null;
  }

  /** From the first bytes of a request to the end of its head. */
  Duration headPatience() {
    return Duration.ofSeconds(20);
  }

  /** Where a proxy in front is reached that writes X-Forwarded-For; null without one. */
  @Nullable URI publicUrl() {
    return null;
  }

  @AfterEach
  void stop() {
    stopping.now();
    http.close();
    server.close();
    world.close();
    assertThat(world.store.openStreams()).isZero();
    assertThat(world.store.openUploads()).isZero();
    assertThat(world.spool.reservedBytes()).isZero();
  }

  HttpRequest.Builder tus(String path) {
    return request(path).header("Tus-Resumable", "1.0.0");
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> range(String path, String range) throws Exception {
    return http.send(request(path).header("Range", range).build(), BodyHandlers.ofByteArray());
  }

  HttpRequest digested(byte[] bytes, Sha256 sha) {
    String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha.hex()));
    return request("/v1/uploads/d.wav")
        .header("Content-Digest", "sha-256=:" + digest + ":")
        .PUT(BodyPublishers.ofByteArray(bytes))
        .build();
  }

  HttpRequest put(String name, byte[] bytes) {
    return request("/v1/uploads/" + name).PUT(BodyPublishers.ofByteArray(bytes)).build();
  }

  HttpRequest get(String path) {
    return request(path).build();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + world.token);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofString());
  }

  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4_000];
      int length = 0;
      try {
        int read;
        while (length < answer.length
            && (read = socket.getInputStream().read(answer, length, answer.length - length)) > 0) {
          length += read;
          if (new String(answer, 0, length, StandardCharsets.UTF_8).contains("}")) {
            break;
          }
        }
      } catch (java.net.SocketTimeoutException e) {
        // what came is the answer
      }
      return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.mapper().readTree(response.body());
  }

  static JsonNode problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.path("type").asString()).contains(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asString()).isNotEmpty();
    return problem;
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(Condition condition) throws Exception {
    long until = System.nanoTime() + 10_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** A request's head with a token. */
  static String head(String line, String token, String... headers) {
    return line
        + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + token
        + "\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }
}
