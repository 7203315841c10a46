package io.castloom.service.tasks;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells owners that their jobs run, when the first task of one begins. Of several instances that
 * begin tasks at once one tells: the one that stores the telling's record. It costs jobs without an
 * address nothing but a look at the job, which its end needs anyhow.
 */
final class Beginnings {

  private static final Logger LOG = LoggerFactory.getLogger(Beginnings.class);
  private static final int REMEMBERED = 1_000;

  private final JobStore jobs;
  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final Set<JobId> seen = Collections.synchronizedSet(Lru.set(REMEMBERED));

  Beginnings(JobStore jobs, Dispatcher dispatcher, InstantSource clock) {
    this.jobs = jobs;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /** A task begins. A sole one is of a job that nobody wants to hear of, or a telling itself. */
  void of(Task task) {
    if (task.sole() || !seen.add(task.id().job())) {
      return;
    }
    try {
      Job job = jobs.find(task.account(), task.id().job()).orElse(null);
      if (job == null) {
        return;
      }
      Task telling = job.telling(JobState.RUNNING, clock.instant(), "");
      if (telling != null && !hasEnded(job) && jobs.begin(waiting(telling))) {
        dispatcher.enqueueNext(List.of(telling));
      }
    } catch (IOException e) {
      seen.remove(task.id().job()); // the next task of the job tells
      LOG.warn("owner of job {} was not told that it runs: {}", task.id().job(), e.toString());
    }
  }

  /** A quick task is begun without a look, also when its job was cancelled in the meantime. */
  private boolean hasEnded(Job job) throws IOException {
    return jobs.cancelled(job.account(), job.id())
        || jobs.ending(job.account(), job.id()).isPresent();
  }

  private static TaskRecord waiting(Task telling) {
    return new TaskRecord(
        telling.id(), telling.account(), TaskState.WAITING, 0, List.of(), List.of());
  }
}
