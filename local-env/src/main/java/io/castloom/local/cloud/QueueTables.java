package io.castloom.local.cloud;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The names of the queues that an earlier run left in its file. */
record QueueTables(List<String> names) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static QueueTables read(String url, Path file) throws IOException {
    if (!Files.exists(file.resolveSibling(file.getFileName() + ".mv.db"))) {
      return new QueueTables(List.of());
    }
    List<String> names = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select name from queue")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IOException(
          "the embedded SQS cannot read "
              + file
              + ".mv.db ("
              + e.getMessage()
              + "): move it away to begin with empty queues; what waits is sent again",
          e);
    }
    return new QueueTables(List.copyOf(names));
  }

  /** Returns when the server knows all of them. */
  void awaitAll(URI endpoint) throws IOException {
    if (names.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest list =
          HttpRequest.newBuilder(URI.create(endpoint + "/?Action=ListQueues"))
              .timeout(PATIENCE)
              .build();
      while (true) {
        String listed = http.send(list, HttpResponse.BodyHandlers.ofString()).body();
        if (names.stream().allMatch(name -> listed.contains("/" + name + "<"))) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw new IOException("the embedded SQS did not bring back its queues in " + PATIENCE);
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the embedded SQS started");
    }
  }
}
