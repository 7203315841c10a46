package io.castloom.service.callbacks;

import io.castloom.domain.job.Estimates;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.WorkClass;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import java.io.IOException;
import java.util.List;

/**
 * Orders a callback for each job that ended and named an address. The request itself is a task like
 * any other: it is tried again with growing delays, and at last lies in the dead-letter queue, from
 * where it can be sent again.
 */
public final class Callbacks implements Endings.Listener {

  private final Dispatcher dispatcher;

  public Callbacks(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public void ended(Job job, JobStore.Ending ending) throws IOException {
    String url = job.callback();
    if (url == null) {
      return;
    }
    dispatcher.enqueueNext(
        List.of(
            new Task(
                new TaskId(job.id(), "callback-" + ending.state().slug()),
                new WorkClass(TaskKind.TRANSCODE, job.priority()),
                job.account(),
                ending.at(),
                Estimates.CALLBACK,
                new TaskSpec.Callback(url, ending.state(), ending.at(), ending.failure()),
                true)));
  }
}
