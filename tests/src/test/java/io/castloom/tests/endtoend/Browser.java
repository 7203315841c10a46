package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One page of a headless Chromium, driven by its DevTools protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  /** Skips the test, or fails it where judges are required, when there is no Chromium. */
  static Browser open(Path profile) throws Exception {
    Optional<Path> program =
        List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
            .map(folder -> Path.of(folder, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    if ("true".equals(System.getenv("CASTLOOM_REQUIRE_JUDGES"))) {
      assertThat(program).as("chromium is required to try the console").isPresent();
    }
    assumeTrue(program.isPresent(), "chromium is not on the path: the console was not tried");
    return new Browser(program.get(), profile);
  }

  private Browser(Path program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // root may not have one; the page is ours
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--mute-audio",
                "--no-first-run",
                "--disable-background-networking",
                "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(port) || Files.size(port) == 0) {
      assertThat(process.isAlive() && System.nanoTime() < until).as("chromium starts").isTrue();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    String address = "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/new";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    JsonNode page =
        JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asString()), this)
            .get(30, TimeUnit.SECONDS);
    call("Runtime.enable", Map.of());
    call("Page.enable", Map.of());
  }

  @Override
  public synchronized CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      JsonNode message = JsonMapper.shared().readTree(text.toString());
      text.setLength(0);
      CompletableFuture<JsonNode> call = calls.remove(message.path("id").asInt(-1));
      if (call != null) {
        call.complete(message);
      }
      if (message.path("method").asString("").equals("Runtime.exceptionThrown")) {
        faults.add(message.path("params").toString());
      }
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    socket
        .sendText(
            JsonMapper.shared()
                .writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
            true)
        .get(30, TimeUnit.SECONDS);
    JsonNode message = answer.get(PATIENCE.toSeconds() + 30, TimeUnit.SECONDS);
    assertThat(message.has("error")).as(method + ": " + message).isFalse();
    return message.path("result");
  }

  void go(String url) throws Exception {
    call("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete' && location.href.startsWith('" + url + "')");
  }

  /** The value of an expression; of a promise, what it becomes. */
  JsonNode evaluate(String script) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    assertThat(result.has("exceptionDetails")).as(script + ": " + result).isFalse();
    return result.path("result").path("value");
  }

  /** Waits in the page until an expression is true. */
  void await(String condition) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate("Boolean(" + condition + ")").asBoolean()) {
      assertThat(System.nanoTime())
          .as(() -> condition + " never came; the page says: " + said())
          .isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private String said() {
    try {
      return evaluate("document.body.innerText").asString() + faults;
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** Chooses a file, as a person does in the browser's own window. */
  void choose(String selector, Path file) throws Exception {
    JsonNode input =
        call("Runtime.evaluate", Map.of("expression", "document.querySelector('" + selector + "')"))
            .path("result");
    call(
        "DOM.setFileInputFiles",
        Map.of(
            "objectId",
            input.path("objectId").asString(),
            "files",
            List.of(file.toAbsolutePath().toString())));
  }

  /** Exceptions that the page did not catch. */
  List<String> faults() {
    return faults;
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    if (!ended(process.toHandle())) {
      process.destroyForcibly();
    }
    for (ProcessHandle one : all) {
      one.destroyForcibly();
      assertThat(ended(one)).as("a process of the browser ends").isTrue();
    }
  }

  private static boolean ended(ProcessHandle one) {
    try {
      one.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }
}
