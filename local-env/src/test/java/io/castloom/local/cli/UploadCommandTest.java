package io.castloom.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.castloom.local.CastloomMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code castloom upload} does with files that are refused, against answers of the API. */
final class UploadCommandTest {

  @TempDir private Path folder;
  private HttpServer server;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/tus", UploadCommandTest::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Takes what begins with "good", and refuses the rest. */
  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Location", "/v1/tus/u");
      exchange.sendResponseHeaders(201, -1);
    } else if (new String(body, StandardCharsets.UTF_8).startsWith("good")) {
      exchange.getResponseHeaders().set("Upload-Offset", "" + body.length);
      exchange.getResponseHeaders().set("Castloom-Job", "j1");
      exchange.getResponseHeaders().set("Castloom-Original", "o1");
      exchange.sendResponseHeaders(204, -1);
    } else {
      byte[] problem = "{\"detail\":\"this is a web page\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(422, problem.length);
      exchange.getResponseBody().write(problem);
    }
    exchange.close();
  }

  private int run(Path... files) {
    CommandLine all = CastloomMain.commandLine();
    all.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] line = new String[files.length + 5];
    line[0] = "upload";
    for (int i = 0; i < files.length; i++) {
      line[i + 1] = files[i].toString();
    }
    line[files.length + 1] = "--url";
    line[files.length + 2] = "http://127.0.0.1:" + server.getAddress().getPort();
    line[files.length + 3] = "--token";
    line[files.length + 4] = "x";
    return all.execute(line);
  }

  @Test
  void a_file_that_is_refused_is_named_and_the_others_are_sent_all_the_same() throws IOException {
    Path page = Files.writeString(folder.resolve("page.mp3"), "<html>");
    Path good = Files.writeString(folder.resolve("good.wav"), "good sound");

    assertThat(run(page, good)).isEqualTo(1);

    assertThat(err.toString()).contains(page + ": this is a web page [HTTP 422]");
    assertThat(out.toString()).contains(good + ": job j1, original o1");
  }

  @Test
  void an_empty_file_is_told_before_anything_is_sent() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.mp3"));
    Path good = Files.writeString(folder.resolve("good.wav"), "good sound");

    assertThat(run(good, empty)).isEqualTo(2);

    assertThat(err.toString()).contains(empty + " is empty");
    assertThat(out.toString()).isEmpty();
  }
}
