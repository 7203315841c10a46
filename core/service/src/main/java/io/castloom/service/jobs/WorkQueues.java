package io.castloom.service.jobs;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.WorkQueue;
import java.util.Map;

/** The work queues, one for each class. */
public record WorkQueues(Map<WorkClass, WorkQueue<Task>> byClass) {

  public WorkQueues {
    byClass = Map.copyOf(byClass);
    for (WorkClass workClass : WorkClass.all()) {
      if (!byClass.containsKey(workClass)) {
        throw new IllegalArgumentException("no queue for class " + workClass.slug());
      }
    }
  }

  /** The queue of a class. */
  public WorkQueue<Task> of(WorkClass workClass) {
    WorkQueue<Task> queue = byClass.get(workClass);
    if (queue == null) {
      throw new IllegalStateException("no queue for class " + workClass.slug());
    }
    return queue;
  }

  /** Any queue of a kind: all three share one dead-letter queue. */
  public WorkQueue<Task> anyOf(TaskKind kind) {
    return of(WorkClass.of(kind).getFirst());
  }
}
