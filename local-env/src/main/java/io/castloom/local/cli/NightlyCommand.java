package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code castloom nightly}: what nights do and did. */
@Command(
    name = "nightly",
    description = "Plan a night without doing anything, run it, or see what it did.",
    synopsisSubcommandLabel = "COMMAND")
final class NightlyCommand {
  private static final String CURRENT = "The night; each show's current one when not given.";
  private static final String DATE = "The night; today (UTC) when not given.";

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Command(
      name = "plan",
      description = "What a night would rebuild and why, as things stand now. Nothing is changed.")
  int plan(
      @Option(names = "--date", paramLabel = "DATE", description = DATE) @Nullable LocalDate date,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    JsonNode answer = connection.open(Role.ACCOUNT).get("/v1/nightly/" + night(date) + "/plan");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
      return 0;
    }
    for (JsonNode show : answer.path("shows")) {
      out.println(
          show.path("show").asString("")
              + ": "
              + show.path("rebuild").size()
              + " to rebuild"
              + skipped(show));
      for (JsonNode episode : show.path("rebuild")) {
        out.println(
            "  " + episode.path("episode").asString("") + ": " + episode.path("why").asString(""));
        episode.path("reasons").forEach(reason -> out.println("    " + reason.asString()));
      }
      show.path("problems").forEach(problem -> out.println("  problem: " + problem(problem)));
    }
    out.flush();
    return 0;
  }

  @Command(name = "status", description = "What a night rebuilt, left, and failed at, and why.")
  int status(
      @Option(names = "--date", paramLabel = "DATE", description = DATE) @Nullable LocalDate date,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    JsonNode answer = connection.open(Role.ACCOUNT).get("/v1/nightly/" + night(date));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
      return 0;
    }
    if (answer.path("shows").isEmpty()) {
      out.println("no show has begun the night of " + night(date) + " (yet)");
    }
    for (JsonNode show : answer.path("shows")) {
      out.println(
          show.path("words").asString("")
              + cost(show)
              + " ["
              + show.path("state").asString("")
              + "]");
      Table table = new Table("  EPISODE", "OUTCOME", "BYTES", "THROUGH US", "TIME", "WHY");
      for (JsonNode line : show.path("episodes")) {
        table.row(
            "  " + line.path("episode").asString(""),
            line.path("outcome").asString(""),
            Spans.bytes(line.path("bytes").asLong()),
            Spans.bytes(line.path("throughAssembler").asLong()),
            Spans.ofSeconds(line.path("seconds").asDouble()),
            line.path("why").asString(""));
      }
      if (!show.path("episodes").isEmpty()) {
        table.printTo(out);
      }
    }
    out.flush();
    return 0;
  }

  @Command(
      name = "run",
      description = {
        "Run the night that began last (again).",
        "An assembler orders within seconds what a plan would rebuild. Older nights are not run: only the last one counts."
      })
  int run(
      @Option(names = "--date", paramLabel = "DATE", description = CURRENT)
          @Nullable LocalDate date,
      @Option(names = "--show", paramLabel = "SHOW", description = "This show alone.")
          @Nullable String show,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    return order("run", date, show, json);
  }

  @Command(
      name = "rerun",
      description = "Assemble again what failed in the night that began last, and nothing else.")
  int rerun(
      @Option(names = "--date", paramLabel = "DATE", description = CURRENT)
          @Nullable LocalDate date,
      @Option(names = "--show", paramLabel = "SHOW", description = "This show alone.")
          @Nullable String show,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    return order("rerun", date, show, json);
  }

  private int order(String what, @Nullable LocalDate date, @Nullable String show, boolean json)
      throws Exception {
    String path =
        "/v1/nightly/"
            + (date == null ? "current" : date.toString())
            + "/"
            + what
            + (show == null ? "" : "?show=" + URLEncoder.encode(show, StandardCharsets.UTF_8));
    JsonNode answer = connection.open(Role.ACCOUNT).send("POST", path, "", Map.of());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
      return 0;
    }
    for (JsonNode one : answer.path("shows")) {
      String night = one.path("night").asString("");
      out.println(
          one.path("show").asString("")
              + ": "
              + (one.path("ordered").asBoolean()
                  ? "ordered (castloom nightly status --date " + night + ")"
                  : "not run: " + one.path("refused").asString("")));
    }
    out.flush();
    return 0;
  }

  private static LocalDate night(@Nullable LocalDate date) {
    return date == null ? LocalDate.now(ZoneOffset.UTC) : date;
  }

  private static String cost(JsonNode show) {
    JsonNode usd = show.path("cost").path("usd");
    return usd.isNumber() ? String.format(Locale.ROOT, "; %.4f USD", usd.asDouble()) : "";
  }

  private static String skipped(JsonNode show) {
    StringBuilder words = new StringBuilder();
    show.path("skipped")
        .properties()
        .forEach(
            reason ->
                words
                    .append(", ")
                    .append(reason.getValue().asInt())
                    .append(' ')
                    .append(reason.getKey()));
    return words.toString();
  }

  private static String problem(JsonNode problem) {
    return problem.path("document").asString("")
        + ": "
        + problem.path("field").asString("")
        + " "
        + problem.path("value").asString("")
        + " "
        + problem.path("rule").asString("");
  }
}
