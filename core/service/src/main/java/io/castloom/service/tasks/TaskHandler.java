package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import java.io.IOException;

/**
 * Does tasks of one kind. Called from several threads at once, one task each.
 *
 * <p>A task may be handed out twice, to two instances at the same time: what is published goes to
 * keys derived from the task, {@code If-None-Match}, and only while {@link
 * TaskContext#publishable()}.
 */
@FunctionalInterface
public interface TaskHandler {

  /**
   * Does a task and stores its results.
   *
   * <p>The thread is interrupted when the task shall stop: its job was cancelled, the lease was
   * lost, or the instance drains. The handler then ends its tools and throws InterruptedException,
   * or returns {@link TaskOutcome.Interrupted}; the loop knows why it interrupted.
   *
   * @throws IOException a fault of the infrastructure: the task is tried again
   */
  TaskOutcome handle(Task task, TaskContext context) throws IOException, InterruptedException;

  /**
   * How many messages are looked at beyond those that there is room for, so that tasks can be
   * preferred: 0 to 9. Those that are not taken are given back at once.
   */
  default int choice() {
    return 0;
  }

  /** Whether what a task works on is at hand here, so that doing it here saves fetching it. */
  default boolean hasInputs(Task task) {
    return false;
  }
}
