package io.castloom.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Castloom's HTTP API, from the client's side. A problem answer becomes a {@link Failure}. */
public final class Api {

  private final URI base;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param base scheme, host and port; a path, when a proxy in front has one
   * @param token sent as the bearer token
   */
  public Api(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  public URI base() {
    return base;
  }

  /** The base may have a path of its own, when a proxy is in front. */
  private URI at(String path) {
    return URI.create(base.toString().replaceAll("/+$", "") + path);
  }

  public JsonNode get(String path) throws Failure, IOException, InterruptedException {
    return json(send("GET", path, BodyPublishers.noBody(), Map.of(), BodyHandlers.ofByteArray()));
  }

  /** Sends a JSON body; an empty answer is an empty object. */
  public JsonNode send(String method, String path, String body, Map<String, String> headers)
      throws Failure, IOException, InterruptedException {
    Map<String, String> all = new java.util.HashMap<>(headers);
    if (!body.isEmpty()) {
      all.putIfAbsent("Content-Type", "application/json");
    }
    return json(send(method, path, BodyPublishers.ofString(body), all, BodyHandlers.ofByteArray()));
  }

  /** Sends anything; an answer of 400 and above is a {@link Failure} with the problem's words. */
  public <T> HttpResponse<T> send(
      String method,
      String path,
      BodyPublisher body,
      Map<String, String> headers,
      BodyHandler<T> handler)
      throws Failure, IOException, InterruptedException {
    HttpResponse<T> response = exchange(method, path, body, headers, handler);
    if (response.statusCode() >= 400) {
      throw problem(response.statusCode(), response.body());
    }
    return response;
  }

  /** As {@link #send}, but every answer is handed back. */
  public <T> HttpResponse<T> exchange(
      String method,
      String path,
      BodyPublisher body,
      Map<String, String> headers,
      BodyHandler<T> handler)
      throws Failure, IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    try {
      return http.send(request.build(), handler);
    } catch (ConnectException e) {
      throw Failure.failed(
          "nothing answers at " + base + ": is `castloom up` running, and is the address right?");
    }
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    return response.body().length == 0
        ? JsonNodeFactory.instance.objectNode()
        : JsonMapper.shared().readTree(response.body());
  }

  private static Failure problem(int status, Object body) throws IOException {
    String text =
        switch (body) {
          case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
          case InputStream in -> new String(in.readNBytes(64 << 10), StandardCharsets.UTF_8);
          case null -> "";
          default -> body.toString();
        };
    String words = text;
    boolean ours = false;
    if (text.startsWith("{")) {
      JsonNode problem = JsonMapper.shared().readTree(text);
      ours = problem.path("type").asString("").endsWith("bad-parameter");
      String title = problem.path("title").asString("");
      String detail = problem.path("detail").asString("");
      words = detail.isEmpty() ? title : detail;
    }
    if (status == 401) {
      words += " (`castloom login URL` keeps a new token)";
    }
    String told = (words.isBlank() ? "refused" : words) + " [HTTP " + status + "]";
    return ours ? Failure.usedWrongly(told) : Failure.failed(told);
  }
}
