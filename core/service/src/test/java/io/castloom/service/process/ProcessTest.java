package io.castloom.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.service.admin.AdminServer;
import io.castloom.service.settings.SettingsException;
import io.castloom.service.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ProcessTest {

  @Test
  void parts_close_in_the_opposite_order_although_one_fails() {
    List<String> closed = new ArrayList<>();
    Parts parts = new Parts();
    parts.add("first", () -> closed.add("first"));
    parts.add(
        "second",
        () -> {
          throw new IOException("no");
        });
    parts.add("third", () -> closed.add("third"));
    parts.close();
    parts.close();
    assertThat(closed).containsExactly("third", "first");
  }

  @Test
  void the_first_wish_to_stop_counts() throws InterruptedException {
    Stop stop = new Stop();
    assertThat(stop.isRequested()).isFalse();
    stop.fail("broken");
    stop.request("signal");
    assertThat(stop.await()).isEqualTo(new Stop.Wish("broken", 1));
  }

  @Test
  void faults_become_one_line_and_an_exit_code() {
    assertThat(Failure.of(new SettingsException(List.of("a", "b"))).exitCode()).isEqualTo(2);
    assertThat(Failure.of(new IOException("No space left on device")))
        .isEqualTo(new Failure("the disk is full: free some space and start again", 1, false));
    assertThat(
            Failure.of(new FileSystemException("/data/x", null, "No space left on device"))
                .message())
        .contains("/data/x");
    assertThat(Failure.of(new IllegalStateException("x")).isBug()).isTrue();
  }

  @Test
  void settings_are_told_although_the_bucket_is_out_of_reach() {
    PrintStream usual = System.out;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      Map<String, String> nowhere =
          Map.of(
              "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
              "AWS_REGION", "eu-west-1",
              "AWS_ACCESS_KEY_ID", "x",
              "AWS_SECRET_ACCESS_KEY", "y");
      ServiceArguments arguments = new ServiceArguments(Map.of("admin.port", "7"), nowhere, true);
      assertThat(Service.run(Role.INGEST, arguments, _ -> "none", (_, _) -> {})).isEqualTo(1);
    } finally {
      System.setOut(usual);
    }
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("admin.port").contains("flag");
  }

  @Test
  void arguments_are_read_or_refused() {
    ServiceArguments arguments =
        ServiceArguments.parse(
            List.of("--check-config", "--set", "worker.slots=3", "--env=test"), Map.of());
    assertThat(arguments.checkConfig()).isTrue();
    assertThat(arguments.flags()).isEqualTo(Map.of("worker.slots", "3", "env", "test"));
    assertThatThrownBy(() -> ServiceArguments.parse(List.of("--what"), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("--what");
  }

  @Test
  void the_admin_port_tells_health_readiness_and_metrics()
      throws IOException, InterruptedException {
    AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.of("no queue"));
    try (Telemetry telemetry = new Telemetry("test");
        AdminServer admin = AdminServer.start("127.0.0.1", 0, telemetry);
        HttpClient http = HttpClient.newHttpClient()) {
      admin.check("queue", reason::get);
      telemetry.count("castloom.things", Map.of("kind", "odd"));
      assertThat(get(http, admin, "/healthz").statusCode()).isEqualTo(200);
      HttpResponse<String> notReady = get(http, admin, "/readyz");
      assertThat(notReady.statusCode()).isEqualTo(503);
      assertThat(notReady.body()).isEqualTo("{\"queue\":\"no queue\"}\n");
      reason.set(Optional.empty());
      assertThat(get(http, admin, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(http, admin, "/metrics").body())
          .contains("castloom_things_total{kind=\"odd\",process=\"test\"} 1.0");
      assertThatThrownBy(() -> AdminServer.start("127.0.0.1", admin.port(), telemetry))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("port " + admin.port())
          .hasMessageContaining("CASTLOOM_ADMIN_PORT");
    }
  }

  private static HttpResponse<String> get(HttpClient http, AdminServer admin, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
