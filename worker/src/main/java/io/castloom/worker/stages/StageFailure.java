package io.castloom.worker.stages;

import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.media.ToolFailure;
import java.time.Duration;

/** Ends a stage early, with the outcome that the task then has. */
final class StageFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient TaskOutcome outcome;

  StageFailure(TaskOutcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }

  /** What a tool's failure means: the file's fault ends the task, the machine's is tried again. */
  static StageFailure of(ToolFailure failure) {
    return new StageFailure(
        switch (failure.fault()) {
          case MEDIA -> new TaskOutcome.Rejected(failure.reason());
          case MACHINE ->
              new TaskOutcome.Retry(failure.reason(), Duration.ofSeconds(5), failure.stderrTail());
          case CANCELLED -> new TaskOutcome.Interrupted(failure.reason());
        });
  }

  /** Nothing may be published any more. */
  static StageFailure leaseInDoubt() {
    return new StageFailure(new TaskOutcome.Interrupted("the lease may be lost"));
  }

  TaskOutcome outcome() {
    return outcome;
  }
}
