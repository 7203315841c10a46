package io.castloom.service.instance;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The instance metadata service, version 2 (EC2 user guide, "Use the Instance Metadata Service"):
 * at {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}, else at its link-local address. Thread-safe.
 */
public final class InstanceMetadata implements AutoCloseable {

  private static final String USUAL = "http://169.254.169.254";
  private static final Duration CONNECT = Duration.ofMillis(300);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final int TOKEN_SECONDS = 21_600;

  private final URI endpoint;
  private final InstantSource clock;
  private final HttpClient http;
  private @Nullable String token;
  private Instant tokenUntil = Instant.EPOCH;

  private InstanceMetadata(URI endpoint, InstantSource clock) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  }

  /**
   * The service of this machine, if it has one. {@code AWS_EC2_METADATA_DISABLED=true} forbids to
   * look, as in AWS's own tools.
   */
  public static Optional<InstanceMetadata> find(
      Map<String, String> environment, InstantSource clock) throws InterruptedException {
    if (environment.getOrDefault("AWS_EC2_METADATA_DISABLED", "").equalsIgnoreCase("true")) {
      return Optional.empty();
    }
    String given = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "").strip();
    URI endpoint = URI.create(given.isEmpty() ? USUAL : given.replaceFirst("/+$", ""));
    InstanceMetadata metadata = new InstanceMetadata(endpoint, clock);
    try {
      metadata.instanceId();
      return Optional.of(metadata);
    } catch (IOException e) {
      metadata.close();
      return Optional.empty();
    }
  }

  /** The instance's name. */
  public InstanceId instanceId() throws IOException, InterruptedException {
    return new InstanceId(
        get("meta-data/instance-id")
            .orElseThrow(() -> new IOException("the metadata service tells no instance id")));
  }

  /** A tag of the instance; empty when it has none of that name, or tags are not allowed here. */
  public Optional<String> tag(String name) throws IOException, InterruptedException {
    return get("meta-data/tags/instance/" + name);
  }

  /** The user data of the launch. */
  public Optional<String> userData() throws IOException, InterruptedException {
    return get("user-data");
  }

  /** When the spot market takes the instance back; empty while no notice was given. */
  public Optional<Instant> interruption() throws IOException, InterruptedException {
    Optional<String> notice = get("meta-data/spot/instance-action");
    if (notice.isEmpty()) {
      return Optional.empty();
    }
    JsonNode json = Json.read(notice.get(), JsonNode.class);
    String time = json.path("time").asString("");
    return Optional.of(time.isEmpty() ? clock.instant() : Instant.parse(time));
  }

  private Optional<String> get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path);
    if (answer.statusCode() == 401) {
      forgetToken();
      answer = ask(path);
    }
    return switch (answer.statusCode()) {
      case 200 -> Optional.of(answer.body());
      case 404 -> Optional.empty();
      default ->
          throw new IOException("metadata service: HTTP " + answer.statusCode() + " for " + path);
    };
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(endpoint.resolve("/latest/" + path))
            .header("X-aws-ec2-metadata-token", token())
            .timeout(ANSWER)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private synchronized String token() throws IOException, InterruptedException {
    String known = token;
    if (known != null && clock.instant().isBefore(tokenUntil)) {
      return known;
    }
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(endpoint.resolve("/latest/api/token"))
                .header("X-aws-ec2-metadata-token-ttl-seconds", Integer.toString(TOKEN_SECONDS))
                .timeout(ANSWER)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("metadata service gave no token: HTTP " + answer.statusCode());
    }
    String fresh = answer.body();
    token = fresh;
    tokenUntil = clock.instant().plusSeconds(TOKEN_SECONDS / 2);
    return fresh;
  }

  private synchronized void forgetToken() {
    token = null;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
