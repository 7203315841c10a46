package io.castloom.tests.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An ingest process of its own, with little heap, and a client for it. */
final class IngestProcess implements AutoCloseable {
  static final int HEAP_MB = 128;

  private static final int HALF_BYTES = 1 << 20;
  private static final Pattern USED =
      Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E]+)");

  private final Process process;
  private final Path folder;
  private final int http;
  private final int admin;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private IngestProcess(Process process, Path folder, int http, int admin, String token) {
    this.process = process;
    this.folder = folder;
    this.http = http;
    this.admin = admin;
    this.token = token;
  }

  static IngestProcess start(Path folder, Map<String, String> environment, String token)
      throws IOException, InterruptedException {
    int http = freePort();
    int admin = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MB + "m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.castloom.ingest.IngestMain",
            "--set",
            "http.port=" + http,
            "--set",
            "admin.port=" + admin,
            "--set",
            "ftp.enabled=false",
            "--set",
            "intake.spool=" + folder.resolve("spool"));
    builder.environment().putAll(environment);
    builder.environment().put("CASTLOOM_ENV", "bench");
    Path log = folder.resolve("ingest.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    IngestProcess started = new IngestProcess(builder.start(), folder, http, admin, token);
    started.awaitReady(log);
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        if (metric("/readyz").contains("ready")) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > until) {
          close();
          throw new IOException("ingest did not start: " + Files.readString(log), e);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  Path folder() {
    return folder;
  }

  /**
   * Sends a recording and waits for its receipt.
   *
   * @param digest its SHA-256 in Base64, to be announced; empty to announce nothing
   */
  void upload(Path file, String digest) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(http, "/v1/uploads/" + file.getFileName()))
            .header("Authorization", "Bearer " + token);
    if (!digest.isEmpty()) {
      request.header("Content-Digest", "sha-256=:" + digest + ":");
    }
    var response =
        client.send(request.PUT(BodyPublishers.ofFile(file)).build(), BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw new IOException("upload answered " + response.statusCode() + ": " + response.body());
    }
  }

  /** Megabytes in use after a collection, while so many uploads are half way in. */
  double liveHeapWith(int uploads) throws IOException, InterruptedException {
    List<Socket> open = new ArrayList<>();
    try {
      byte[] half = new byte[HALF_BYTES];
      for (int i = 0; i < uploads; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), http);
        open.add(socket);
        String head =
            "PUT /v1/uploads/half-"
                + i
                + ".wav HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + token
                + "\r\nContent-Length: "
                + 2 * HALF_BYTES
                + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(half);
        out.flush();
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      collect();
      return usedHeap() / 1e6;
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  private void collect() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    int exit =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("jcmd GC.run ended with " + exit);
    }
  }

  private double usedHeap() throws IOException, InterruptedException {
    Matcher used = USED.matcher(metric("/metrics"));
    double sum = 0;
    while (used.find()) {
      sum += Double.parseDouble(used.group(1));
    }
    return sum;
  }

  private String metric(String path) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(uri(admin, path)).build(), BodyHandlers.ofString())
        .body();
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
