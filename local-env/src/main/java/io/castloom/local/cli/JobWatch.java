package io.castloom.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows jobs by their events, with a bar on a terminal and with plain lines elsewhere. */
final class JobWatch {

  private final Api api;
  private final PrintWriter err;
  private final @Nullable PrintWriter json;

  /**
   * @param json where every change goes as JSON; null for words on {@code err}
   */
  JobWatch(Api api, PrintWriter err, @Nullable PrintWriter json) {
    this.api = api;
    this.err = err;
    this.json = json;
  }

  /** Waits until the job ends: 0 when it is done, else 1. */
  int follow(String job) throws Failure, IOException, InterruptedException {
    JsonNode last = api.get("/v1/jobs/" + job);
    try (ProgressBar bar = json == null && Terminal.isOne() ? bar(job) : null) {
      show(last, bar, "");
      while (!ended(last)) {
        last = followOnce(job, last, bar); // a stream that broke off is taken up again
      }
    }
    if (json == null) {
      String failure = last.path("failure").asString("");
      err.println(
          "job "
              + job
              + " "
              + last.path("state").asString()
              + (failure.isEmpty() ? "" : ": " + failure));
      err.flush();
    }
    return last.path("state").asString().equals("done") ? 0 : 1;
  }

  private JsonNode followOnce(String job, JsonNode before, @Nullable ProgressBar bar)
      throws Failure, IOException, InterruptedException {
    JsonNode last = before;
    try (InputStream body =
            api.send(
                    "GET",
                    "/v1/jobs/" + job + "/events",
                    BodyPublishers.noBody(),
                    Map.of("Accept", "text/event-stream"),
                    BodyHandlers.ofInputStream())
                .body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:") && line.contains("{")) {
          String shown = last.path("stage").asString();
          last = JsonMapper.shared().readTree(line.substring("data:".length()));
          show(last, bar, shown);
          if (ended(last)) {
            return last;
          }
        }
      }
    }
    return api.get("/v1/jobs/" + job);
  }

  private void show(JsonNode job, @Nullable ProgressBar bar, String stageBefore) {
    if (json != null) {
      json.println(job);
      json.flush();
    } else if (bar != null) {
      bar.stepTo(Math.round(job.path("progress").asDouble(0) * 100));
      bar.setExtraMessage(" " + job.path("stage").asString());
    } else if (!job.path("stage").asString().equals(stageBefore)) {
      String why = job.path("why").asString("");
      err.println(
          job.path("id").asString()
              + " "
              + job.path("stage").asString()
              + " "
              + JobText.percent(job)
              + (why.isEmpty() ? "" : ": " + why));
      err.flush();
    }
  }

  private static boolean ended(JsonNode job) {
    return switch (job.path("state").asString()) {
      case "queued", "running" -> false;
      default -> true;
    };
  }

  private static ProgressBar bar(String job) {
    return new ProgressBarBuilder()
        .setTaskName(job)
        .setInitialMax(100)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .hideEta()
        .build();
  }
}
