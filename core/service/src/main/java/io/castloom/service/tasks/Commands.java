package io.castloom.service.tasks;

import io.castloom.domain.control.Command;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.TaskId;
import io.castloom.service.telemetry.Logging;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Carries out what an instance is told, and says in a few words what came of it. */
final class Commands {

  private final Hands hands;
  private final BiConsumer<String, Duration> drain;
  private volatile Runnable reload = () -> {};

  /**
   * @param drain begins a drain, by reason and deadline, and returns at once
   */
  Commands(Hands hands, BiConsumer<String, Duration> drain) {
    this.hands = hands;
    this.drain = drain;
  }

  void onReload(Runnable action) {
    reload = action;
  }

  String carryOut(Command command) {
    return switch (command) {
      case Command.Drain(String reason, long seconds) -> {
        drain.accept(reason, Duration.ofSeconds(seconds));
        yield "draining";
      }
      case Command.Pause _ -> hands.mode(Heartbeat.Mode.PAUSED) ? "paused" : inMode();
      case Command.Resume _ -> hands.mode(Heartbeat.Mode.WORKING) ? "resumed" : inMode();
      case Command.Status _ -> "ok";
      case Command.CancelTask(TaskId task) -> cancel(task);
      case Command.Concurrency(int slots) -> {
        hands.slots(slots);
        yield slots + " slots";
      }
      case Command.LogLevel(String logger, var level) -> {
        Logging.level(logger, level);
        yield "set";
      }
      case Command.Reload _ -> {
        reload.run();
        yield "reloaded";
      }
    };
  }

  private String cancel(TaskId task) {
    for (RunningTask run : hands.all()) {
      if (run.task().id().equals(task)) {
        run.stop(RunningTask.Why.CANCELLED, "cancelled by command");
        hands.signal();
        return "cancelled";
      }
    }
    return "not running here";
  }

  private String inMode() {
    return "it is " + hands.mode().name().toLowerCase(Locale.ROOT);
  }
}
