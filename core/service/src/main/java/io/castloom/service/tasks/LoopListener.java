package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import java.time.Duration;

/** Hears what a loop does, for metrics and decisions. */
interface LoopListener {

  /** A task begins, this long after it was first enqueued. */
  void started(Task task, Duration wait);

  /** A try ended; the handler was at it for this long. */
  void ended(Task task, TaskOutcome outcome, Duration service);

  /** A lease was lost: the try counts for nothing. */
  void lost(Task task);

  /** A renewal failed; another follows unless the lease is over. */
  void renewalFailed(Task task);
}
