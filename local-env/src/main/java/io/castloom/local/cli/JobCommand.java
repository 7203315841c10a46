package io.castloom.local.cli;

import io.castloom.domain.job.JobId;
import io.castloom.local.cli.Connection.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code castloom job}. */
@Command(
    name = "job",
    description = "List, show, watch, cancel, retry and download jobs.",
    synopsisSubcommandLabel = "COMMAND")
final class JobCommand {

  private static final String JOB = "Its id, as `castloom job list` shows it.";

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Api api() throws Failure, IOException {
    return connection.open(Role.ACCOUNT);
  }

  @Command(name = "list", description = "The newest jobs first.")
  int list(
      @Option(names = "--json", description = "As JSON.") boolean json,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "How many, 1 to 100 (${DEFAULT-VALUE}).")
          int limit,
      @Option(
              names = "--after",
              paramLabel = "JOB",
              defaultValue = "",
              description = "Continue behind this job.")
          String after)
      throws Exception {
    Bounds.within("--limit", limit, 1, 100);
    String page = after.isEmpty() ? "" : "&after=" + after;
    JsonNode answer = api().get("/v1/jobs?limit=" + limit + page);
    if (json) {
      out().println(answer);
      return 0;
    }
    Table table = new Table("JOB", "STATE", "DONE", "PRIORITY", "CREATED", "FILE", "PROFILES");
    for (JsonNode job : answer.path("jobs")) {
      table.row(
          job.path("id").asString(),
          job.path("stage").asString(),
          JobText.percent(job),
          job.path("priority").asString(),
          job.path("createdAt").asString().replaceAll("\\.\\d+Z", "Z"),
          JobText.file(job),
          JobText.words(job.path("profiles")));
    }
    table.printTo(out());
    String next = answer.path("next").asString("");
    if (!next.isEmpty()) {
      out().println("more: castloom job list --after " + next);
    }
    return 0;
  }

  @Command(name = "show", description = "Everything that is known of a job.")
  int show(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    JsonNode answer = api().get("/v1/jobs/" + id(job));
    if (json) {
      out().println(answer);
    } else {
      JobText.print(answer, out());
    }
    return 0;
  }

  @Command(name = "why", description = "Why a job waits, and when it will be done.")
  int why(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    JsonNode answer = api().get("/v1/jobs/" + id(job) + "/why");
    out().println(json ? answer.toString() : answer.path("why").asString());
    return 0;
  }

  @Command(
      name = "watch",
      description = "Follow a job until it ends. Exit code 0 if it ended well, else 1.")
  int watch(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--json", description = "One JSON object for each change.") boolean json)
      throws Exception {
    return new JobWatch(api(), spec.commandLine().getErr(), json ? out() : null).follow(id(job));
  }

  @Command(name = "cancel", description = "Stop a job; what is stored of it stays.")
  int cancel(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    return tell(api().send("DELETE", "/v1/jobs/" + id(job), "", Map.of()), json);
  }

  @Command(name = "retry", description = "Try again what of a job did not succeed.")
  int retry(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    return tell(api().send("POST", "/v1/jobs/" + id(job) + "/retry", "", Map.of()), json);
  }

  private int tell(JsonNode job, boolean json) {
    out()
        .println(
            json
                ? job.toString()
                : "job " + job.path("id").asString() + " is " + job.path("state").asString());
    return 0;
  }

  /** Anything else would be another address of the API. */
  private static String id(String text) throws Failure {
    try {
      return new JobId(text.strip()).value();
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly("\"" + text + "\" is no job's id; `castloom job list` shows them");
    }
  }

  @Command(name = "download", description = "Store a job's renditions in a folder.")
  int download(
      @Parameters(paramLabel = "JOB", description = JOB) String job,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "DIR",
              defaultValue = ".",
              description = "Where to (this folder unless told otherwise).")
          Path folder,
      @Option(names = "--json", description = "One JSON object for each file.") boolean json)
      throws Exception {
    Api api = api();
    JsonNode answer = api.get("/v1/jobs/" + id(job));
    if (answer.path("renditions").isEmpty()) {
      throw Failure.failed(
          "job " + job + " has no renditions yet: it is " + answer.path("state").asString());
    }
    for (Path file : new Download(api, spec.commandLine().getErr()).renditions(answer, folder)) {
      out()
          .println(
              json
                  ? JsonMapper.shared().writeValueAsString(Map.of("file", file.toString()))
                  : file.toString());
    }
    return 0;
  }
}
