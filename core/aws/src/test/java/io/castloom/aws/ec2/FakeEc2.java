package io.castloom.aws.ec2;

import com.sun.net.httpserver.HttpServer;
import io.castloom.aws.AwsClients;
import io.castloom.aws.AwsSettings;
import io.castloom.aws.CallCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** An EC2 that gives the answers it was told, by action, the last one again and again. */
final class FakeEc2 implements AutoCloseable {

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Queue<Answer>> answers = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  final CallCounter calls = new CallCounter();
  final AwsClients clients;

  FakeEc2() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String form =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answer(form);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    clients =
        new AwsClients(
            AwsSettings.emulator(endpoint, new AwsSettings.AccessKey("test", "test")), calls);
  }

  private synchronized Answer answer(String form) {
    requests.add(form);
    String action = form.replaceFirst(".*\\bAction=([A-Za-z]+).*", "$1");
    Queue<Answer> queue = answers.get(action);
    if (queue == null) {
      return new Answer(200, "<%sResponse></%sResponse>".formatted(action, action));
    }
    Answer next = queue.size() > 1 ? queue.poll() : queue.peek();
    return next == null ? new Answer(500, "") : next;
  }

  synchronized FakeEc2 answers(String action, int status, String body) {
    answers.computeIfAbsent(action, a -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  FakeEc2 fails(String action, int status, String code) {
    return answers(
        action,
        status,
        "<Response><Errors><Error><Code>%s</Code><Message>the message of %s</Message></Error></Errors></Response>"
            .formatted(code, code));
  }

  /** What was asked of an action, as forms. */
  synchronized List<String> requests(String action) {
    return requests.stream().filter(form -> form.contains("Action=" + action + "&")).toList();
  }

  @Override
  public void close() {
    clients.close();
    server.stop(0);
  }
}
