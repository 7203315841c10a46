package io.castloom.local.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A LocalStack that answers: the one at {@code AWS_ENDPOINT_URL}, else one started by Docker. */
final class LocalStackServer implements AutoCloseable {

  /** The last free version; later ones want a token. */
  private static final String IMAGE = "localstack/localstack:4.14.0";

  private static final int TRIES = 240;

  private final URI endpoint;
  private final String container;

  private LocalStackServer(URI endpoint, String container) {
    this.endpoint = endpoint;
    this.container = container;
  }

  static LocalStackServer find(Map<String, String> environment)
      throws IOException, InterruptedException {
    String given = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    if (!given.isBlank()) {
      awaitHealthy(URI.create(given));
      return new LocalStackServer(URI.create(given), "");
    }
    String container =
        docker("run", "-d", "--rm", "-p", "127.0.0.1:0:4566", IMAGE).lines().toList().getLast();
    String address = docker("port", container, "4566").lines().findFirst().orElse("");
    LocalStackServer server =
        new LocalStackServer(
            URI.create("http://127.0.0.1:" + address.substring(address.lastIndexOf(':') + 1)),
            container);
    try {
      awaitHealthy(server.endpoint);
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  URI endpoint() {
    return endpoint;
  }

  private static void awaitHealthy(URI endpoint) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest health =
          HttpRequest.newBuilder(endpoint.resolve("/_localstack/health"))
              .timeout(Duration.ofSeconds(2))
              .build();
      for (int i = 0; i < TRIES; i++) {
        try {
          if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // not yet
        }
        Thread.sleep(250);
      }
    }
    throw new IOException(
        "no LocalStack answers at "
            + endpoint
            + ": start it, or unset AWS_ENDPOINT_URL to let Docker do it");
  }

  private static String docker(String... args) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("docker"));
    command.addAll(List.of(args));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "--cloud localstack needs Docker, or a LocalStack 4.14.0 whose address is in AWS_ENDPOINT_URL",
          e);
    }
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("docker " + args[0] + ": " + said);
    }
    return said;
  }

  @Override
  public void close() {
    if (!container.isEmpty()) {
      try {
        docker("rm", "-f", container);
      } catch (IOException e) {
        // it is gone already
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
