package io.castloom.aws.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.castloom.aws.AwsClients;
import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;

/** An S3 of one bucket that keeps conditions, and loses or spoils the answers it is told to. */
final class LossyS3 implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, byte[]> objects = new HashMap<>();
  private int lost;
  private int conflicts;
  final CallCounter calls = new CallCounter();
  final AwsClients clients;

  LossyS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    clients =
        new AwsClients(
            AwsSettings.emulator(endpoint, new AwsSettings.AccessKey("test", "test")), calls);
  }

  S3ObjectStore store() {
    return new S3ObjectStore(clients.s3(), "bucket");
  }

  /** Loses the answers to the next writes, which take effect. */
  synchronized LossyS3 losesNext(int answers) {
    lost = answers;
    return this;
  }

  /** Answers the next writes 409, as S3 does when two meet. */
  synchronized LossyS3 conflictsNext(int answers) {
    conflicts = answers;
    return this;
  }

  synchronized void holds(String key, byte[] bytes) {
    objects.put("/bucket/" + key, bytes);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      byte[] present = objects.get(path);
      boolean put = exchange.getRequestMethod().equals("PUT");
      if (put && conflicts > 0) {
        conflicts--;
        exchange.sendResponseHeaders(409, -1);
      } else if (put
          && present != null
          && exchange.getRequestHeaders().containsKey("If-None-Match")) {
        exchange.sendResponseHeaders(412, -1);
      } else if (put) {
        byte[] payload = payload(exchange, body);
        objects.put(path, payload);
        if (lost > 0) {
          lost--;
          return; // closes the connection without an answer
        }
        exchange.getResponseHeaders().set("ETag", "\"" + md5(payload) + "\"");
        exchange.sendResponseHeaders(200, -1);
      } else if (present == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.getResponseHeaders().set("ETag", "\"" + md5(present) + "\"");
        exchange.getResponseHeaders().set("Last-Modified", "Wed, 25 Nov 2026 12:00:00 GMT");
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(present.length));
        exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  /** The SDK sends {@code <hex size>;chunk-signature=...} before the bytes over plain HTTP. */
  private static byte[] payload(HttpExchange exchange, byte[] body) {
    String decoded = exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length");
    if (decoded == null) {
      return body;
    }
    int start = 0;
    while (body[start] != '\n') {
      start++;
    }
    return java.util.Arrays.copyOfRange(body, start + 1, start + 1 + Integer.parseInt(decoded));
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    clients.close();
    server.stop(0);
  }
}
