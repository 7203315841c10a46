package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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

/** {@code castloom assemble}: one episode or a whole show, by hand. */
@Command(
    name = "assemble",
    description = {
      "Assemble an episode, or all published episodes of a show, with the ads of a night.",
      "With --dry-run only print what would sound when, why, and how many bytes it takes."
    })
final class AssembleCommand implements Callable<Integer> {
  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHOW[/EPISODE]", description = "What to assemble.")
  private String what = "";

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "The night whose ads it gets; the show's last one when not given.")
  private @Nullable LocalDate date;

  @Option(names = "--dry-run", description = "Only tell what would come of it.")
  private boolean dryRun;

  @Option(names = "--json", description = "As JSON, one line for each episode.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Api api = connection.open(Role.ACCOUNT);
    PrintWriter out = spec.commandLine().getOut();
    int slash = what.indexOf('/');
    String show = slash < 0 ? what : what.substring(0, slash);
    List<String> episodes = slash < 0 ? published(api, show) : List.of(what.substring(slash + 1));
    if (episodes.isEmpty()) {
      out.println("show " + show + " has no published episodes");
    }
    String query = "?dryRun=" + dryRun + (date == null ? "" : "&date=" + date);
    for (String episode : episodes) {
      JsonNode answer =
          api.send(
              "POST",
              "/v1/shows/" + show + "/episodes/" + episode + "/assembly" + query,
              "",
              Map.of());
      if (json) {
        out.println(answer);
      } else {
        ArrangementText.print(answer, out);
        if (!dryRun) {
          String job = answer.path("job").asString("");
          out.println("ordered: job " + job + " (castloom job watch " + job + ")");
        }
      }
    }
    out.flush();
    return 0;
  }

  private static List<String> published(Api api, String show)
      throws Failure, IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (JsonNode item : Pages.all(api, "/v1/shows/" + show + "/episodes", "episodes")) {
      if (item.path("state").asString("").equals("published")) {
        ids.add(item.path("id").asString());
      }
    }
    return ids;
  }
}
