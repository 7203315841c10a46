package io.castloom.local.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A job's JSON in words. */
final class JobText {

  private JobText() {}

  static String percent(JsonNode job) {
    return Math.round(job.path("progress").asDouble(0) * 100) + " %";
  }

  static String words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asString()));
    return String.join(" ", words);
  }

  /** Other names under which the same bytes came. */
  private static String names(JsonNode job) {
    List<String> names = new ArrayList<>();
    job.path("otherNames").forEach(name -> names.add(name.asString()));
    return String.join(", ", names);
  }

  /** A job's file in a table: by its first name, and by those under which it came again. */
  static String file(JsonNode job) {
    JsonNode others = job.path("otherNames");
    String also =
        switch (others.size()) {
          case 0 -> "";
          case 1 -> " (also " + others.get(0).asString() + ")";
          default ->
              " (also " + others.get(0).asString() + " and " + (others.size() - 1) + " more)";
        };
    return job.path("filename").asString() + also;
  }

  static void print(JsonNode job, PrintWriter out) {
    line(out, "job", job.path("id").asString());
    line(
        out,
        "file",
        job.path("filename").asString() + ", " + Spans.ofSeconds(job.path("seconds").asDouble(0)));
    line(out, "also as", names(job));
    line(out, "original", job.path("original").asString());
    line(out, "state", job.path("stage").asString() + ", " + percent(job));
    for (String key : List.of("createdAt", "endedAt", "failure", "why", "expectedEnd")) {
      line(out, key, job.path(key).asString("").replaceAll("\\.\\d+Z$", "Z"));
    }
    job.path("notes").forEach(note -> line(out, "note", note.asString()));
    Table tasks = new Table("TASK", "STATE", "TRIES", "FAILURES", "LAST INSTANCE");
    for (JsonNode task : job.path("tasks")) {
      JsonNode attempts = task.path("attempts");
      tasks.row(
          task.path("name").asString(),
          task.path("state").asString(),
          attempts.size(),
          task.path("failures").asInt(0),
          attempts.isEmpty() ? "" : attempts.get(attempts.size() - 1).path("instance").asString());
    }
    out.println();
    tasks.printTo(out);
    if (!job.path("renditions").isEmpty()) {
      Table renditions = new Table("RENDITION", "TYPE", "SIZE", "ADDRESS");
      for (JsonNode rendition : job.path("renditions")) {
        renditions.row(
            rendition.path("profile").asString(),
            rendition.path("mediaType").asString(),
            Spans.bytes(rendition.path("sizeBytes").asLong(0)),
            rendition.path("url").asString());
      }
      out.println();
      renditions.printTo(out);
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.printf("%-12s %s%n", name, value);
    }
  }
}
