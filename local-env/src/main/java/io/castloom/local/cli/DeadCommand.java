package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code castloom dead}: what no instance could do. */
@Command(
    name = "dead",
    description = "Tasks that kept failing: their history, another try, or the end.",
    synopsisSubcommandLabel = "COMMAND")
final class DeadCommand {

  private static final String KINDS = "transcode or assembly (${DEFAULT-VALUE}).";

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "What lies in a dead-letter queue.")
  int list(
      @Option(names = "--kind", defaultValue = "transcode", description = KINDS) String kind,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    JsonNode answer = connection.open(Role.OPERATOR).get("/v1/dead/" + kind);
    if (json) {
      spec.commandLine().getOut().println(answer);
      return 0;
    }
    Table table = new Table("MESSAGE", "REASON");
    answer
        .path("messages")
        .forEach(
            letter ->
                table.row(letter.path("messageId").asString(), letter.path("reason").asString()));
    table.printTo(spec.commandLine().getOut());
    return 0;
  }

  @Command(name = "show", description = "One of them, with its task.")
  int show(
      @Option(names = "--kind", defaultValue = "transcode", description = KINDS) String kind,
      @Parameters(paramLabel = "MESSAGE") String message)
      throws Exception {
    for (JsonNode letter :
        connection.open(Role.OPERATOR).get("/v1/dead/" + kind).path("messages")) {
      if (letter.path("messageId").asString().equals(message)) {
        spec.commandLine().getOut().println(letter.toPrettyString());
        return 0;
      }
    }
    throw Failure.failed("no message " + message + " among the dead letters of " + kind);
  }

  @Command(name = "redrive", description = "Send one to its work queue again.")
  int redrive(
      @Option(names = "--kind", defaultValue = "transcode", description = KINDS) String kind,
      @Parameters(paramLabel = "MESSAGE") String message)
      throws Exception {
    connection
        .open(Role.OPERATOR)
        .send("POST", "/v1/dead/" + kind + "/" + message + "/redrive", "", Map.of());
    spec.commandLine().getOut().println("sent again");
    return 0;
  }

  @Command(name = "drop", description = "Remove one for good.")
  int drop(
      @Option(names = "--kind", defaultValue = "transcode", description = KINDS) String kind,
      @Parameters(paramLabel = "MESSAGE") String message)
      throws Exception {
    connection.open(Role.OPERATOR).send("DELETE", "/v1/dead/" + kind + "/" + message, "", Map.of());
    spec.commandLine().getOut().println("dropped");
    return 0;
  }
}
