package io.castloom.service.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.castloom.service.json.Json;
import io.castloom.service.telemetry.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The admin port: {@code /healthz} (200 while the process lives), {@code /readyz} (200 when every
 * check passes, else 503 with the reasons as JSON), {@code /metrics} (Prometheus).
 */
public final class AdminServer implements AutoCloseable {

  private final HttpServer server;
  private final Telemetry telemetry;
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

  private AdminServer(HttpServer server, Telemetry telemetry) {
    this.server = server;
    this.telemetry = telemetry;
  }

  /**
   * Starts it.
   *
   * @param bind the address to listen on, for example {@code 127.0.0.1}
   * @param port 0 for a free one
   * @throws BindException the port is taken; the message says so and what to do
   */
  public static AdminServer start(String bind, int port, Telemetry telemetry) throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(bind, port), 16);
    } catch (BindException e) {
      BindException named =
          new BindException(
              "port "
                  + port
                  + " on "
                  + bind
                  + " is taken: set admin.port (CASTLOOM_ADMIN_PORT) to another, or 0 for any");
      named.initCause(e);
      throw named;
    }
    AdminServer admin = new AdminServer(server, telemetry);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "ok\n"));
    server.createContext("/readyz", admin::ready);
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, 200, Telemetry.MEDIA_TYPE, admin.telemetry.scrape()));
    server.start();
    return admin;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Adds a condition of readiness.
   *
   * @param check gives the reason why it does not hold; empty when it does
   */
  public void check(String name, Supplier<Optional<String>> check) {
    checks.put(name, check);
  }

  private void ready(HttpExchange exchange) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    checks.forEach((name, check) -> check.get().ifPresent(why -> reasons.put(name, why)));
    if (reasons.isEmpty()) {
      answer(exchange, 200, "text/plain", "ready\n");
    } else {
      answer(exchange, 503, Json.MEDIA_TYPE, Json.write(reasons) + "\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
