package io.castloom.service.callbacks;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Task;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.settings.SettingsReader;
import java.io.IOException;
import java.util.List;

/**
 * Orders a callback for each job that ended and named an address; that it waits and that it runs is
 * told by those who see it first. The request itself is a task like any other: it is tried again
 * with growing delays, and at last lies in the dead-letter queue, from where it can be sent again.
 */
public final class Callbacks implements Endings.Listener {

  private final Dispatcher dispatcher;

  public Callbacks(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * The setting of where callbacks may go. It is read by who takes an order, to refuse it at once,
   * and by who makes the call.
   */
  public static Reach reach(SettingsReader reader) {
    return new Reach(
        reader.flag(
            "jobs.callbacksInside",
            false,
            "allow callbacks to private, loopback and link-local addresses"));
  }

  @Override
  public void ended(Job job, JobStore.Ending ending, boolean first) throws IOException {
    Task telling = job.telling(ending.state(), ending.at(), ending.failure());
    if (telling == null) {
      return;
    }
    if (first) {
      dispatcher.enqueueNext(List.of(telling));
    } else {
      dispatcher.ensure(telling);
    }
  }
}
