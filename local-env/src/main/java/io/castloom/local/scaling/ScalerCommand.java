package io.castloom.local.scaling;

import io.castloom.autoscaler.keep.StoredDecision;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.autoscaler.ops.SettingsBook;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.local.cli.Failure;
import io.castloom.local.system.CloudAccess;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.json.Json;
import io.castloom.service.settings.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code castloom scaler}. */
@Command(
    name = "scaler",
    description = {
      "Look into the autoscaler, tune it, and try settings on what really came.",
      "Settings: `castloom scaler set` without any lists them."
    },
    synopsisSubcommandLabel = "COMMAND")
public final class ScalerCommand {

  @Mixin private CloudAccess access;
  @Spec private CommandSpec spec;

  CloudAccess access() {
    return access;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @FunctionalInterface
  private interface Work {
    int on(ScalerOperations scaler) throws IOException, Failure;
  }

  private int with(Work work) throws IOException, Failure {
    try (Cloud cloud = access.open()) {
      return work.on(
          new ScalerOperations(cloud.privateStore(), cloud.queues(), InstantSource.system()));
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(String.valueOf(e.getMessage()));
    }
  }

  @Command(
      name = "status",
      description = "Queues, instances and settings, as the leader last saw them.")
  int status(@Option(names = "--json", description = "As JSON.") boolean json) throws Exception {
    return with(
        scaler -> {
          var status =
              scaler
                  .status()
                  .orElseThrow(
                      () ->
                          Failure.failed(
                              "no autoscaler has run here yet: castloom run autoscaler"));
          if (json) {
            out().println(Json.write(status));
          } else {
            Optional<StoredDecision> last =
                scaler.explain(Optional.empty()).map(ScalerOperations.Explained::decision);
            ScalerText.print(status, last, out());
          }
          return 0;
        });
  }

  @Command(name = "plan", description = "What it would do now, and why; nothing is done.")
  int plan(
      @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting to try.")
          @Nullable Map<String, String> changes,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    return with(scaler -> tell(scaler.plan(changes == null ? Map.of() : changes), json));
  }

  @Command(
      name = "explain",
      description = "Take a decision apart: its inputs, its reasons, one instance more or fewer.")
  int explain(
      @Parameters(arity = "0..1", paramLabel = "DECISION", description = "The latest unless given.")
          @Nullable String decision,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    return with(
        scaler ->
            tell(
                scaler
                    .explain(Optional.ofNullable(decision))
                    .orElseThrow(
                        () ->
                            Failure.failed(
                                "no such decision; `castloom scaler decisions` lists them")),
                json));
  }

  private int tell(ScalerOperations.Explained explained, boolean json) {
    if (json) {
      out().println(Json.write(explained));
    } else {
      ScalerText.print(explained, out());
    }
    return 0;
  }

  @Command(name = "decisions", description = "Ids of stored decisions, newest first.")
  int decisions(
      @Option(
              names = "--last",
              defaultValue = "1h",
              description = "How far back (${DEFAULT-VALUE}).")
          String last,
      @Option(
              names = "--limit",
              defaultValue = "1000",
              description = "At most so many (${DEFAULT-VALUE}).")
          int limit,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws Exception {
    if (limit < 1) {
      throw Failure.usedWrongly("--limit is at least 1, not " + limit);
    }
    return with(
        scaler -> {
          List<String> ids =
              scaler.newestDecisions(Instant.now().minus(Units.duration(last)), limit);
          if (json) {
            out().println(Json.write(ids));
          } else {
            ids.forEach(out()::println);
          }
          return 0;
        });
  }

  @Command(
      name = "set",
      description = {
        "Change settings, live within a tick; without any, list what is in force.",
        "Each change has a version, an author and an undo."
      })
  int set(
      @Parameters(arity = "0..*", paramLabel = "KEY=VALUE") @Nullable Map<String, String> values,
      @Option(names = "--undo", description = "Take the last change back.") boolean undo)
      throws Exception {
    return with(
        scaler -> {
          String author = System.getProperty("user.name", "unknown");
          if (undo) {
            return change(scaler.undo(author));
          }
          if (values == null || values.isEmpty()) {
            SettingKeys.text(scaler.settings())
                .forEach((key, value) -> out().println(key + "=" + value));
            scaler.changes().forEach(change -> out().println(line(change)));
            return 0;
          }
          return change(scaler.set(author, values));
        });
  }

  private int change(SettingsBook.Change change) {
    out().println(line(change));
    return 0;
  }

  private static String line(SettingsBook.Change change) {
    return "change %d at %s by %s: %s (before: %s)"
        .formatted(
            change.version(), change.at(), change.author(), change.values(), change.before());
  }

  @Command(
      name = "pause",
      description = "Stop launches (out), drains (in), or both (all), for a while.")
  int pause(
      @Parameters(paramLabel = "in|out|all") ScalerOperations.Direction direction,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              required = true,
              description = "For example 30m.")
          String length)
      throws Exception {
    return with(
        scaler ->
            change(
                scaler.pause(
                    System.getProperty("user.name", "unknown"),
                    direction,
                    Units.duration(length))));
  }

  @Command(name = "resume", description = "End every pause.")
  int resume() throws Exception {
    return with(scaler -> change(scaler.resume(System.getProperty("user.name", "unknown"))));
  }

  /** Days are not among the settings' units, but people say {@code 7d}. */
  static Duration days(String text) {
    return text.matches("\\d{1,3}d")
        ? Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)))
        : Units.duration(text);
  }
}
