package io.castloom.local.cli;

import io.castloom.domain.job.TaskKind;
import io.castloom.local.cli.Connection.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code castloom dead}: what no instance could do. */
@Command(
    name = "dead",
    description = "Tasks that kept failing: their history, another try, or the end.",
    synopsisSubcommandLabel = "COMMAND")
final class DeadCommand {

  private static final String MESSAGE =
      "Its id, or its task's, as `castloom dead list` shows them.";

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  /** Which of the two queues. */
  static final class Kind {
    @Option(
        names = "--kind",
        paramLabel = "KIND",
        defaultValue = "transcode",
        description = "transcode or assembly (${DEFAULT-VALUE}).")
    private String text = TaskKind.TRANSCODE.slug();

    String slug() throws Failure {
      return TaskKind.ofSlug(text)
          .orElseThrow(() -> Failure.usedWrongly("--kind is transcode or assembly, not " + text))
          .slug();
    }
  }

  @Command(name = "list", description = "What lies in a dead-letter queue.")
  int list(@Mixin Kind kind, @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    JsonNode answer = connection.open(Role.OPERATOR).get("/v1/dead/" + kind.slug());
    if (json) {
      spec.commandLine().getOut().println(answer);
      return 0;
    }
    Table table = new Table("MESSAGE", "ACCOUNT", "TASK", "REASON");
    answer
        .path("messages")
        .forEach(
            letter ->
                table.row(
                    letter.path("messageId").asString(),
                    letter.path("account").asString("?"),
                    letter.path("task").asString("cannot be read"),
                    letter.path("reason").asString()));
    table.printTo(spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "show",
      description = {
        "One of them: its task, and what each try came to.",
        "As JSON: the message, and as \"history\" the task of its job with its attempts."
      })
  int show(
      @Mixin Kind kind,
      @Parameters(paramLabel = "MESSAGE", description = MESSAGE) String message,
      @Option(names = "--json", description = "In one line.") boolean json)
      throws Exception {
    Api api = connection.open(Role.OPERATOR);
    ObjectNode shown = (ObjectNode) find(api, kind.slug(), message).deepCopy();
    String task = shown.path("task").asString("");
    if (!task.isEmpty()) {
      JsonNode job =
          api.get(
              "/v1/jobs/"
                  + shown.path("job").asString()
                  + "?account="
                  + shown.path("account").asString());
      for (JsonNode one : job.path("tasks")) {
        if (task.equals(shown.path("job").asString() + "." + one.path("name").asString())) {
          shown.set("history", one);
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? shown.toString() : shown.toPrettyString());
    out.flush();
    return 0;
  }

  @Command(
      name = "redrive",
      description = "Send one to its work queue again, or --all; tries count anew.")
  int redrive(
      @Mixin Kind kind,
      @Option(names = "--all", description = "All of the kind.") boolean all,
      @Parameters(arity = "0..1", paramLabel = "MESSAGE", description = MESSAGE)
          @Nullable String message)
      throws Exception {
    if (all == (message != null)) {
      throw Failure.usedWrongly("name a message (`castloom dead list`), or say --all");
    }
    Api api = connection.open(Role.OPERATOR);
    List<String> messages = new ArrayList<>();
    if (message == null) {
      letters(api, kind.slug())
          .forEach(letter -> messages.add(letter.path("messageId").asString()));
    } else {
      messages.add(find(api, kind.slug(), message).path("messageId").asString());
    }
    for (String one : messages) {
      api.send("POST", "/v1/dead/" + kind.slug() + "/" + one + "/redrive", "", Map.of());
    }
    spec.commandLine().getOut().println(messages.size() + " sent again");
    return 0;
  }

  @Command(name = "drop", description = "Remove one for good.")
  int drop(
      @Mixin Kind kind, @Parameters(paramLabel = "MESSAGE", description = MESSAGE) String message)
      throws Exception {
    Api api = connection.open(Role.OPERATOR);
    String id = find(api, kind.slug(), message).path("messageId").asString();
    api.send("DELETE", "/v1/dead/" + kind.slug() + "/" + id, "", Map.of());
    spec.commandLine().getOut().println("dropped");
    return 0;
  }

  private static JsonNode letters(Api api, String kind)
      throws Failure, IOException, InterruptedException {
    return api.get("/v1/dead/" + kind + "?limit=1000").path("messages");
  }

  /** By the message's id or by its task's. */
  private static JsonNode find(Api api, String kind, String name)
      throws Failure, IOException, InterruptedException {
    for (JsonNode letter : letters(api, kind)) {
      if (letter.path("messageId").asString().equals(name)
          || letter.path("task").asString("").equals(name)) {
        return letter;
      }
    }
    throw Failure.failed("no message " + name + " among the dead letters of " + kind);
  }
}
