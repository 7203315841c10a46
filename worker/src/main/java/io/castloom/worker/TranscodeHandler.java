package io.castloom.worker;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.service.tasks.TaskContext;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.worker.callback.CallbackSender;
import io.castloom.worker.stages.Stages;
import java.io.IOException;
import java.util.Objects;

/** Does the tasks of the transcode queues. */
final class TranscodeHandler implements TaskHandler {

  private final Stages stages;
  private final CallbackSender callbacks;

  TranscodeHandler(Stages stages, CallbackSender callbacks) {
    this.stages = Objects.requireNonNull(stages);
    this.callbacks = Objects.requireNonNull(callbacks);
  }

  @Override
  public TaskOutcome handle(Task task, TaskContext context)
      throws IOException, InterruptedException {
    return task.spec() instanceof TaskSpec.Callback callback
        ? callbacks.send(task, callback)
        : stages.run(task.spec(), context);
  }
}
