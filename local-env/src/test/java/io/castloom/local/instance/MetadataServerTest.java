package io.castloom.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.InstanceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MetadataServerTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private MetadataServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        MetadataServer.start(
            new MetadataServer.Identity(
                new InstanceId("i-0123456789abcdef0"),
                "c7g.large",
                "us-east-1",
                "us-east-1b",
                "ami-1",
                Map.of("castloom-role", "worker", "castloom-env", "castloom"),
                "CASTLOOM_ENV=castloom"));
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.endpoint() + "/latest/" + path))
            .header("X-aws-ec2-metadata-token", token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String token() throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create(server.endpoint() + "/latest/api/token"))
                .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void an_instance_learns_who_it_is() throws Exception {
    String token = token();
    assertThat(get("meta-data/instance-id", token).body()).isEqualTo("i-0123456789abcdef0");
    assertThat(get("meta-data/placement/region", token).body()).isEqualTo("us-east-1");
    assertThat(get("meta-data/tags/instance/", token).body())
        .isEqualTo("castloom-env\ncastloom-role");
    assertThat(get("meta-data/tags/instance/castloom-role", token).body()).isEqualTo("worker");
    assertThat(get("user-data", token).body()).isEqualTo("CASTLOOM_ENV=castloom");
    assertThat(get("dynamic/instance-identity/document", token).body()).contains("\"c7g.large\"");
    assertThat(get("meta-data/nothing", token).statusCode()).isEqualTo(404);
  }

  @Test
  void without_a_token_nothing_is_told() throws Exception {
    assertThat(get("meta-data/instance-id", "guessed").statusCode()).isEqualTo(401);
  }

  @Test
  void an_interruption_is_announced_with_its_time() throws Exception {
    String token = token();
    assertThat(get("meta-data/spot/instance-action", token).statusCode()).isEqualTo(404);
    server.announceInterruption(Instant.parse("2026-11-25T12:02:00.5Z"));
    assertThat(get("meta-data/spot/instance-action", token).body())
        .isEqualTo("{\"action\":\"terminate\",\"time\":\"2026-11-25T12:02:00Z\"}");
    server.announceInterruption(null);
    assertThat(get("meta-data/spot/instance-action", token).statusCode()).isEqualTo(404);
  }
}
