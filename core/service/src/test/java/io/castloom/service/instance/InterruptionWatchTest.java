package io.castloom.service.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterruptionWatchTest {
  private static final String NOTICE =
      "{\"action\":\"terminate\",\"time\":\"2026-11-25T12:02:00Z\"}";

  private final BlockingQueue<Instant> notices = new LinkedBlockingQueue<>();
  private HttpServer service;

  /** An instance that has its notice already. */
  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/latest/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String answer =
              path.endsWith("token")
                  ? "t"
                  : path.endsWith("instance-id") ? "i-1" : path.endsWith("action") ? NOTICE : "";
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void a_notice_is_told_with_its_time() throws InterruptedException {
    String endpoint = "http://127.0.0.1:" + service.getAddress().getPort();
    try (var _ =
        InterruptionWatch.start(
            Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint),
            InstantSource.system(),
            notices::add)) {
      assertThat(notices.poll(20, TimeUnit.SECONDS))
          .isEqualTo(Instant.parse("2026-11-25T12:02:00Z"));
    }
  }

  @Test
  void where_nobody_may_look_nothing_is_told() throws InterruptedException {
    try (var _ =
        InterruptionWatch.start(
            Map.of("AWS_EC2_METADATA_DISABLED", "true"), InstantSource.system(), notices::add)) {
      assertThat(notices.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
  }
}
