package io.castloom.local.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer of a service. */
final class Answer {

  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String LONG_AGO = "Thu, 01 Jan 2026 00:00:00 GMT";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  static Answer json(String text) {
    return of(200, "application/x-amz-json-1.0", text);
  }

  static Answer xml(int status, String text) {
    return of(status, "application/xml", XML + text);
  }

  static Answer bytes(String etag, byte[] bytes) {
    return new Answer(200, Map.of("ETag", etag, "Last-Modified", LONG_AGO), bytes);
  }

  static Answer stored(String etag) {
    return new Answer(200, Map.of("ETag", etag), new byte[0]);
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  private static Answer of(int status, String type, String text) {
    return new Answer(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
  }

  void to(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("x-amzn-RequestId", "rehearsal");
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }
}
