package io.castloom.worker;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.service.tasks.TaskContext;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.worker.cache.DiskCache;
import io.castloom.worker.callback.CallbackSender;
import io.castloom.worker.stages.Stages;
import java.io.IOException;
import java.util.Objects;

/** Does the tasks of the transcode queues, and prefers those whose sound is in the cache. */
final class TranscodeHandler implements TaskHandler {

  private final Stages stages;
  private final CallbackSender callbacks;
  private final DiskCache cache;
  private final int choice;

  /**
   * @param choice messages that are looked at beyond those that there is room for
   */
  TranscodeHandler(Stages stages, CallbackSender callbacks, DiskCache cache, int choice) {
    this.stages = Objects.requireNonNull(stages);
    this.callbacks = Objects.requireNonNull(callbacks);
    this.cache = Objects.requireNonNull(cache);
    this.choice = choice;
  }

  @Override
  public TaskOutcome handle(Task task, TaskContext context)
      throws IOException, InterruptedException {
    return task.spec() instanceof TaskSpec.Callback callback
        ? callbacks.send(task, callback)
        : stages.run(task.spec(), context);
  }

  @Override
  public int choice() {
    return cache.isEmpty() ? 0 : choice;
  }

  @Override
  public boolean hasInputs(Task task) {
    return switch (task.spec()) {
      case TaskSpec.Encode(var original, _) -> cache.has(original.key());
      case TaskSpec.Conform(var original, _, _) -> cache.has(original.key());
      case TaskSpec.Analyse(var original, _) -> cache.has(original.key());
      case TaskSpec.Unpack(var original) -> cache.has(original.key());
      case TaskSpec.Measure(_, var sound, _) -> cache.has(sound.key());
      case TaskSpec.Segment(_, _, var sound, _) -> cache.has(sound.key());
      case TaskSpec.Join join -> join.segments().stream().anyMatch(cache::has);
      case TaskSpec.Callback _, TaskSpec.Assemble _ -> false;
    };
  }
}
