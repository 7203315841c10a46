package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code castloom campaign report}. */
@Command(
    name = "report",
    description = "What a campaign was promised, had inserted, and had delivered to listeners.")
final class CampaignReport implements Callable<Integer> {
  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The campaign's id.")
  private String id = "";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day; its first flight's when not given.")
  private @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The last day, included; today when not given.")
  private @Nullable LocalDate to;

  @Option(names = "--csv", description = "As CSV.")
  private boolean csv;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Api api = connection.open(Role.ACCOUNT);
    PrintWriter out = spec.commandLine().getOut();
    String path =
        "/v1/campaigns/"
            + id
            + "/insertions?format="
            + (csv ? "csv" : "json")
            + (from == null ? "" : "&from=" + from)
            + (to == null ? "" : "&to=" + to);
    if (csv) {
      out.print(
          api.send("GET", path, BodyPublishers.noBody(), Map.of(), BodyHandlers.ofString()).body());
      out.flush();
      return 0;
    }
    JsonNode answer = api.get(path);
    if (json) {
      out.println(answer);
      return 0;
    }
    out.println(
        id + " from " + answer.path("from").asString("") + " to " + answer.path("to").asString(""));
    Table table = new Table("SHOW", "GOAL", "PLANNED", "INSERTED", "DELIVERED", "PACE");
    for (JsonNode row : answer.path("rows")) {
      String show = row.path("show").asString("");
      table.row(
          show.isEmpty() ? "all" : show,
          row.has("goal") ? row.path("goal").asLong() + " " + row.path("unit").asString("") : "",
          row.has("planned") ? row.path("planned").asLong() : "",
          row.path("inserted").asLong(),
          row.path("delivered").asLong(),
          row.path("pace").asString(""));
    }
    table.printTo(out);
    return 0;
  }
}
