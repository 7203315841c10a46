package io.castloom.local.scaling;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.TaskKind;
import io.castloom.local.cli.Failure;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.fleet.Rolls;
import io.castloom.service.json.Json;
import io.castloom.service.settings.Units;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code castloom fleet roll}. */
@Command(
    name = "roll",
    description = {
      "Change a kind of instances to another image, one step at a time.",
      "A few try it first; when they did their tasks no worse than the others, the rest follow,",
      "each drained only when its replacement has joined. When tasks fail or instances do not",
      "come up, everything goes back by itself. The leading autoscaler does it, whichever it is."
    })
final class RollCommand implements Callable<Integer> {

  @ParentCommand private FleetCommand parent;
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  private static final class What {
    @Option(names = "--image", paramLabel = "AMI", description = "A machine image, ami-...")
    private @Nullable String image;

    @Option(
        names = "--template-version",
        paramLabel = "N",
        description = "A version of the launch template; `default`: as the settings say.")
    private @Nullable String version;

    @Option(names = "--status", description = "What is under way, and the last rolls.")
    private boolean status;

    @Option(names = "--abort", description = "Take back the one under way.")
    private boolean abort;
  }

  @Option(
      names = "--kind",
      defaultValue = "transcode",
      paramLabel = "transcode|assembly",
      description = "Which instances (${DEFAULT-VALUE}).")
  private TaskKind kind = TaskKind.TRANSCODE;

  @Option(
      names = "--canary",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description = "The part that tries it first, at least one instance (${DEFAULT-VALUE}).")
  private double canary;

  @Option(
      names = "--tasks",
      defaultValue = "5",
      paramLabel = "N",
      description = "Tasks that they must have done (${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--patience",
      defaultValue = "30m",
      paramLabel = "TIME",
      description = "Without a task done for so long while others do many, it is bad.")
  private String patience = "30m";

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    String author = System.getProperty("user.name", "unknown");
    try (Cloud cloud = parent.access().open()) {
      RollBook book = new RollBook(cloud.privateStore(), InstantSource.system());
      if (what.status) {
        return tell(book.read());
      }
      if (what.abort) {
        return tell(book.abort(kind, author));
      }
      FleetImage image =
          what.image != null
              ? FleetImage.machineImage(what.image)
              : FleetImage.templateVersion(String.valueOf(what.version));
      RollTerms terms = new RollTerms(canary, tasks, Units.duration(patience));
      return tell(book.begin(kind, image, terms, author));
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(String.valueOf(e.getMessage()));
    }
  }

  private int tell(Rolls rolls) {
    if (json) {
      return print(Json.pretty(rolls));
    }
    for (TaskKind each : TaskKind.values()) {
      print(each.slug() + " instances boot from " + rolls.image(each));
    }
    rolls.rolls().forEach(this::tell);
    return 0;
  }

  private int tell(Roll roll) {
    return print(
        json
            ? Json.pretty(roll)
            : "roll "
                + roll.id()
                + " of "
                + roll.kind().slug()
                + " from "
                + roll.from()
                + " to "
                + roll.to()
                + ", by "
                + roll.author()
                + ": "
                + Json.write(roll.phase()).replace("\"", "").replace('_', ' ')
                + ", "
                + roll.note());
  }

  private int print(String line) {
    spec.commandLine().getOut().println(line);
    return 0;
  }
}
