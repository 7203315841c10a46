package io.castloom.local.demo;

import io.castloom.local.cli.Api;
import io.castloom.local.cli.Failure;
import io.castloom.local.cli.Spans;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Follows jobs and tells each change, until all have ended. */
final class JobBoard {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Api api;
  private final Story story;

  JobBoard(Api api, Story story) {
    this.api = api;
    this.story = story;
  }

  /** The jobs as they ended, in the order given; a job that did not end well ends the demo. */
  List<JsonNode> await(List<String> jobs) throws Failure, IOException, InterruptedException {
    Map<String, String> told = new HashMap<>();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      List<JsonNode> now = new ArrayList<>();
      for (String job : jobs) {
        JsonNode view = api.get("/v1/jobs/" + job);
        now.add(view);
        tell(view, told);
      }
      if (now.stream().allMatch(JobBoard::ended)) {
        for (JsonNode job : now) {
          if (!job.path("state").asString().equals("done")) {
            throw Failure.failed(
                job.path("filename").asString()
                    + " is "
                    + job.path("state").asString()
                    + ": "
                    + job.path("failure").asString(""));
          }
        }
        return now;
      }
      if (Instant.now().isAfter(deadline)) {
        throw Failure.failed("jobs did not end within " + Spans.of(PATIENCE) + ": " + jobs);
      }
      Thread.sleep(150);
    }
  }

  private void tell(JsonNode job, Map<String, String> told) {
    String text = job.path("filename").asString() + " " + job.path("stage").asString();
    if (!text.equals(told.put(job.path("id").asString(), text))) {
      String why = job.path("why").asString("");
      story.line(text + (why.isEmpty() ? "" : " (" + why + ")"));
    }
  }

  private static boolean ended(JsonNode job) {
    return switch (job.path("state").asString()) {
      case "queued", "running" -> false;
      default -> true;
    };
  }

  /** How long a job waited for its first instance. */
  static Duration waited(JsonNode job) {
    Instant created = Instant.parse(job.path("createdAt").asString());
    Instant first = Instant.MAX;
    for (JsonNode task : job.path("tasks")) {
      for (JsonNode attempt : task.path("attempts")) {
        Instant started = Instant.parse(attempt.path("startedAt").asString());
        first = started.isBefore(first) ? started : first;
      }
    }
    return first.equals(Instant.MAX) ? Duration.ZERO : Duration.between(created, first);
  }

  /** How long a job took from its order to the end of its last task. */
  static Duration took(JsonNode job) {
    Instant created = Instant.parse(job.path("createdAt").asString());
    Instant last = created;
    for (JsonNode task : job.path("tasks")) {
      for (JsonNode attempt : task.path("attempts")) {
        String ended = attempt.path("endedAt").asString("");
        boolean later = !ended.isEmpty() && Instant.parse(ended).isAfter(last);
        if (later && !task.path("name").asString().equals("analyse")) {
          last = Instant.parse(ended);
        }
      }
    }
    return Duration.between(created, last);
  }
}
