package io.castloom.local.scaling;

import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.local.cli.Failure;
import io.castloom.local.system.CloudAccess;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.json.Json;
import io.castloom.service.settings.Units;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code castloom fleet}: commands to instances through their control queues. */
@picocli.CommandLine.Command(
    name = "fleet",
    description = {
      "Commands to instances, through the control queue of each.",
      "They are carried out within seconds; `castloom scaler status` shows what became of them."
    },
    subcommands = RollCommand.class,
    synopsisSubcommandLabel = "COMMAND")
public final class FleetCommand {

  private static final Duration VALID = Duration.ofMinutes(10);

  @Mixin private CloudAccess access;
  @Spec private CommandSpec spec;

  CloudAccess access() {
    return access;
  }

  @picocli.CommandLine.Command(
      name = "list",
      description = {
        "Every instance as the leading autoscaler last saw it, and those that listen besides.",
        "A guest is a worker that somebody started by hand: it counts as capacity while it is",
        "heard, in no limit, and nobody ends it."
      })
  int list(@Option(names = "--json", description = "As JSON.") boolean json) throws Exception {
    try (Cloud cloud = access.open()) {
      FleetList list = FleetList.of(cloud);
      if (json) {
        spec.commandLine().getOut().println(Json.pretty(list.instances()));
      } else {
        list.lines().forEach(spec.commandLine().getOut()::println);
      }
      return 0;
    }
  }

  @picocli.CommandLine.Command(
      name = "drain",
      description = "Take no more, finish what runs or hand it back after the deadline, then end.")
  int drain(
      @Parameters(arity = "1..*", paramLabel = "INSTANCE") List<String> instances,
      @Option(names = "--deadline", defaultValue = "30m", description = "(${DEFAULT-VALUE})")
          String deadline)
      throws Exception {
    return send(
        instances, new Command.Drain("asked by an operator", Units.duration(deadline).toSeconds()));
  }

  @picocli.CommandLine.Command(name = "pause", description = "Take no more until resumed.")
  int pause(@Parameters(arity = "1..*", paramLabel = "INSTANCE") List<String> instances)
      throws Exception {
    return send(instances, new Command.Pause("asked by an operator"));
  }

  @picocli.CommandLine.Command(name = "resume", description = "Take work again.")
  int resume(@Parameters(arity = "1..*", paramLabel = "INSTANCE") List<String> instances)
      throws Exception {
    return send(instances, new Command.Resume());
  }

  @picocli.CommandLine.Command(name = "cancel", description = "Stop one task on one instance.")
  int cancel(
      @Parameters(paramLabel = "INSTANCE") String instance,
      @Parameters(paramLabel = "TASK") String task)
      throws Exception {
    return send(List.of(instance), new Command.CancelTask(TaskId.parse(task)));
  }

  @picocli.CommandLine.Command(name = "reload", description = "Read the settings again.")
  int reload(@Parameters(arity = "1..*", paramLabel = "INSTANCE") List<String> instances)
      throws Exception {
    return send(instances, new Command.Reload());
  }

  @picocli.CommandLine.Command(
      name = "concurrency",
      description = "How many tasks at once, 1 to 64.")
  int concurrency(
      @Parameters(paramLabel = "INSTANCE") String instance, @Parameters(paramLabel = "N") int slots)
      throws Exception {
    return send(List.of(instance), new Command.Concurrency(slots));
  }

  @picocli.CommandLine.Command(name = "log", description = "Set a logger's level.")
  int log(
      @Parameters(paramLabel = "INSTANCE") String instance,
      @Parameters(paramLabel = "LOGGER") String logger,
      @Parameters(paramLabel = "LEVEL") String level)
      throws Exception {
    return send(List.of(instance), new Command.LogLevel(logger, level));
  }

  private int send(List<String> instances, Command command) throws IOException, Failure {
    try (Cloud cloud = access.open()) {
      for (String instance : instances) {
        try {
          cloud
              .control()
              .send(
                  new InstanceId(instance),
                  new Directive(UUID.randomUUID().toString(), command, Instant.now(), VALID));
        } catch (NoSuchQueueException e) {
          throw Failure.failed(
              "instance " + instance + " has no control queue: it is gone, or has not joined");
        } catch (IllegalArgumentException e) {
          throw Failure.usedWrongly(String.valueOf(e.getMessage()));
        }
        spec.commandLine().getOut().println("sent to " + instance);
      }
      return 0;
    }
  }
}
