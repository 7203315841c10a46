package io.castloom.domain.control;

import io.castloom.domain.job.TaskId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one instance is told to do. Every command is idempotent. */
public sealed interface Command {

  /** Finish what runs or hand it back after the deadline, receive nothing more, then end. */
  record Drain(String reason, long deadlineSeconds) implements Command {
    public Drain {
      Objects.requireNonNull(reason);
      if (deadlineSeconds < 0) {
        throw new IllegalArgumentException("negative drain deadline: " + deadlineSeconds);
      }
    }
  }

  /** Receive nothing more until {@link Resume}; what runs goes on. */
  record Pause(String reason) implements Command {}

  /** Receive again. */
  record Resume() implements Command {}

  /** Answer with the state. */
  record Status() implements Command {}

  /** Stop this task, if it runs here, and complete it as cancelled. */
  record CancelTask(TaskId task) implements Command {
    public CancelTask {
      Objects.requireNonNull(task);
    }
  }

  /** How many tasks at once, 1 to 64. */
  record Concurrency(int slots) implements Command {
    public Concurrency {
      if (slots < 1 || slots > 64) {
        throw new IllegalArgumentException("slots out of 1..64: " + slots);
      }
    }
  }

  /** Sets a logger's level; null level returns to the inherited one. */
  record LogLevel(String logger, @Nullable String level) implements Command {}

  /** Read the settings again. */
  record Reload() implements Command {}
}
