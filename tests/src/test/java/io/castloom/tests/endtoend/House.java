package io.castloom.tests.endtoend;

import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.local.fleet.ProcessFleetSettings;
import io.castloom.local.system.LocalSystem;
import io.castloom.service.names.Names;
import io.castloom.tests.cloud.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running Castloom on a folder, as its users see it. */
final class House implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final LocalSystem system;
  private final String environment;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private House(LocalSystem system, String environment) {
    this.system = system;
    this.environment = environment;
  }

  static House on(Path data) throws IOException, InterruptedException {
    return on(data, Map.of());
  }

  static House on(Path data, Map<String, String> settings)
      throws IOException, InterruptedException {
    return on(data, settings, way -> way);
  }

  /**
   * With something in between it and its cloud.
   *
   * @param way as in {@link LocalSystem}
   */
  static House on(Path data, Map<String, String> settings, UnaryOperator<Map<String, String>> way)
      throws IOException, InterruptedException {
    return on(data, LocalSystem.CloudKind.EMBEDDED, settings, System.getenv(), way);
  }

  /** On LocalStack, in an environment of its own, so that nothing of another test is in the way. */
  static House onLocalStack(Path data, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("AWS_ENDPOINT_URL", String.valueOf(LocalStack.settings().s3Endpoint()));
    environment.put("CASTLOOM_ENV", "e" + UUID.randomUUID().toString().substring(0, 8));
    return on(data, LocalSystem.CloudKind.LOCALSTACK, settings, environment, way -> way);
  }

  private static House on(
      Path data,
      LocalSystem.CloudKind cloud,
      Map<String, String> settings,
      Map<String, String> environment,
      UnaryOperator<Map<String, String>> way)
      throws IOException, InterruptedException {
    return new House(
        LocalSystem.start(
            new LocalSystem.Options(
                data,
                cloud,
                EmbeddedCloud.Ports.FREE,
                0,
                0,
                ProcessFleetSettings.ofMax(2),
                settings,
                environment),
            way,
            InstantSource.system()),
        environment.getOrDefault("CASTLOOM_ENV", Names.DEFAULT_ENVIRONMENT));
  }

  LocalSystem system() {
    return system;
  }

  /** A recording of the demo. */
  static Path recording(String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      try (InputStream in =
          Objects.requireNonNull(
              LocalSystem.class.getResourceAsStream("/io/castloom/local/demo/" + name), name)) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(system.ready().http() + path)).method(method, body);
    request.header("Authorization", "Bearer " + system.ready().token());
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  JsonNode json(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(method, path, body);
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          method
              + " "
              + path
              + ": "
              + response.statusCode()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /** What an operator asks; the body is JSON, empty for none. */
  JsonNode operators(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        send(
            method,
            path,
            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
            "Authorization",
            "Bearer " + system.ready().operatorToken(),
            "Content-Type",
            "application/json");
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          method + " " + path + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return JsonMapper.shared().readTree(response.body());
  }

  /** The name of what stands in the cloud. */
  String environment() {
    return environment;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json("GET", path, BodyPublishers.noBody());
  }

  /** Uploads a file; gives the receipt. */
  JsonNode upload(Path file, String query) throws IOException, InterruptedException {
    return json("PUT", "/v1/uploads/" + file.getFileName() + query, BodyPublishers.ofFile(file));
  }

  /** Waits until a job has ended, by its events. */
  JsonNode ended(String job) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      JsonNode view = get("/v1/jobs/" + job);
      switch (view.path("state").asString()) {
        case "queued", "running" -> awaitChange(job);
        default -> {
          return view;
        }
      }
    }
    throw new AssertionError("job did not end: " + get("/v1/jobs/" + job));
  }

  /** Reads the job's stream of events until it ends or the job has. */
  private void awaitChange(String job) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(system.ready().http() + "/v1/jobs/" + job + "/events"))
            .header("Authorization", "Bearer " + system.ready().token())
            .build();
    try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
      var _ =
          lines
              .filter(line -> line.matches(".*\"state\":\"(done|failed|rejected|cancelled)\".*"))
              .findFirst();
    }
  }

  /** Brings a rendition of a job onto the disk. */
  Path rendition(JsonNode job, String profile, Path target)
      throws IOException, InterruptedException {
    for (JsonNode rendition : job.path("renditions")) {
      if (rendition.path("profile").asString().equals(profile)) {
        HttpResponse<byte[]> response =
            send("GET", rendition.path("url").asString(), BodyPublishers.noBody());
        return Files.write(target, response.body());
      }
    }
    throw new AssertionError("no rendition " + profile + " in " + job);
  }

  @Override
  public void close() {
    system.close();
    http.close();
  }
}
