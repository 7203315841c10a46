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
 * Tells owners that their jobs run, when the first task of one begins, at least once. Of several
 * instances that begin tasks at once one tells: the one that stores the telling's record. When it
 * dies before it has sent it, its task comes again, and with a task that comes again it is looked
 * whether the telling was sent. It costs jobs without an address nothing but a look at the job,
 * which its end needs anyhow.
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

  /**
   * A task begins. A sole one is of a job that nobody wants to hear of, or a telling itself.
   *
   * @param again whether it was handed out before: who had it may have died before he told
   * @return false when a fault kept it from being told: ask {@link #insist} before the task's end
   */
  boolean of(Task task, boolean again) {
    if (task.sole() || (!seen.add(task.id().job()) && !again)) {
      return true;
    }
    try {
      tell(task, again);
      return true;
    } catch (IOException e) {
      LOG.warn("owner of job {} is not told yet that it runs: {}", task.id().job(), e.toString());
      return false;
    }
  }

  /**
   * Tells it after all.
   *
   * @throws IOException it cannot be told: the task is to come again
   */
  void insist(Task task) throws IOException {
    tell(task, true);
  }

  private void tell(Task task, boolean again) throws IOException {
    Job job = jobs.find(task.account(), task.id().job()).orElse(null);
    Task telling = job == null ? null : job.telling(JobState.RUNNING, clock.instant(), "");
    if (job == null || telling == null || hasEnded(job)) {
      return;
    }
    if (jobs.begin(waiting(telling)) || (again && isUnsent(telling))) {
      dispatcher.enqueueNext(List.of(telling));
    }
  }

  /** Nobody has tried it: whoever was to send it may not have. Twice is harmless. */
  private boolean isUnsent(Task telling) throws IOException {
    return jobs.find(telling.account(), telling.id())
        .filter(record -> record.state() == TaskState.WAITING && record.attempts().isEmpty())
        .isPresent();
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
