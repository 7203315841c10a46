package io.castloom.worker;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.service.tasks.TaskContext;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.worker.stages.Stages;
import java.io.IOException;
import java.util.Objects;

/** Does the tasks of the transcode queues. */
final class TranscodeHandler implements TaskHandler {

  private final Stages stages;

  TranscodeHandler(Stages stages) {
    this.stages = Objects.requireNonNull(stages);
  }

  @Override
  public TaskOutcome handle(Task task, TaskContext context)
      throws IOException, InterruptedException {
    return stages.run(task.spec(), context);
  }
}
