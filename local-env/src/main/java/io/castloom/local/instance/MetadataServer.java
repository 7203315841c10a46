package io.castloom.local.instance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.castloom.domain.fleet.InstanceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The instance metadata service, version 2 only, of one instance: token, identity, tags, user data
 * and the spot interruption notice, at the paths of EC2's (EC2 user guide, "Instance metadata
 * categories"). A request without a session token is answered 401.
 */
public final class MetadataServer implements AutoCloseable {

  /** The environment variable that leads a process, and the AWS SDK in it, here. */
  public static final String VARIABLE = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

  private static final String TOKEN_HEADER = "x-aws-ec2-metadata-token";
  private static final String TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";
  private static final String SPOT_ACTION = "meta-data/spot/instance-action";

  /**
   * Who the instance is.
   *
   * @param userData as given at the launch, decoded; empty for none
   */
  public record Identity(
      InstanceId id,
      String type,
      String region,
      String zone,
      String image,
      Map<String, String> tags,
      String userData) {
    public Identity {
      tags = Map.copyOf(tags);
    }
  }

  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

  private MetadataServer(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port of 127.0.0.1. */
  public static MetadataServer start(Identity identity) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    MetadataServer server = new MetadataServer(http);
    server.describe(identity);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/latest/", server::answer);
    http.start();
    return server;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Tells the instance when it will be interrupted; null takes it back.
   *
   * @param at to the second
   */
  public void announceInterruption(@Nullable Instant at) {
    if (at == null) {
      answers.remove(SPOT_ACTION);
    } else {
      answers.put(
          SPOT_ACTION,
          "{\"action\":\"terminate\",\"time\":\"" + at.truncatedTo(ChronoUnit.SECONDS) + "\"}");
    }
  }

  private void describe(Identity identity) {
    answers.put("meta-data/instance-id", identity.id().value());
    answers.put("meta-data/instance-type", identity.type());
    answers.put("meta-data/ami-id", identity.image());
    answers.put("meta-data/placement/region", identity.region());
    answers.put("meta-data/placement/availability-zone", identity.zone());
    Map<String, String> tags = new TreeMap<>(identity.tags());
    answers.put("meta-data/tags/instance", String.join("\n", tags.keySet()));
    answers.put("meta-data/tags/instance/", String.join("\n", tags.keySet()));
    tags.forEach((name, value) -> answers.put("meta-data/tags/instance/" + name, value));
    if (!identity.userData().isEmpty()) {
      answers.put("user-data", identity.userData());
    }
    answers.put(
        "dynamic/instance-identity/document",
        "{\"instanceId\":\"%s\",\"instanceType\":\"%s\",\"region\":\"%s\",\"availabilityZone\":\"%s\",\"imageId\":\"%s\"}"
            .formatted(
                identity.id(),
                identity.type(),
                identity.region(),
                identity.zone(),
                identity.image()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/latest/".length());
    boolean put = exchange.getRequestMethod().equals("PUT");
    if (path.equals("api/token")) {
      if (put) {
        issueToken(exchange);
      } else {
        send(exchange, 405, "");
      }
      return;
    }
    String token = exchange.getRequestHeaders().getFirst(TOKEN_HEADER);
    Instant until = token == null ? null : tokens.get(token);
    if (until == null || until.isBefore(Instant.now())) {
      send(exchange, 401, "");
      return;
    }
    String found = answers.get(path);
    send(exchange, found == null ? 404 : 200, found == null ? "" : found);
  }

  private void issueToken(HttpExchange exchange) throws IOException {
    String ttl = exchange.getRequestHeaders().getFirst(TTL_HEADER);
    if (ttl == null || !ttl.matches("[0-9]{1,5}") || Integer.parseInt(ttl) > 21_600) {
      send(exchange, 400, "");
      return;
    }
    String token = UUID.randomUUID().toString();
    tokens.values().removeIf(until -> until.isBefore(Instant.now()));
    tokens.put(token, Instant.now().plusSeconds(Integer.parseInt(ttl)));
    exchange.getResponseHeaders().set(TTL_HEADER, ttl);
    send(exchange, 200, token);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
