package io.castloom.service.tasks;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a job on when one of its tasks has ended: sends what became ready by it, or notes the job's
 * end. Every finisher does so for itself; two who finish at once may both find themselves the last,
 * which is harmless, and none can find himself not to be.
 */
final class JobAdvance {

  private static final Logger LOG = LoggerFactory.getLogger(JobAdvance.class);

  private final JobStore jobs;
  private final Dispatcher dispatcher;
  private final Endings endings;
  private final InstantSource clock;

  JobAdvance(JobStore jobs, Dispatcher dispatcher, Endings endings, InstantSource clock) {
    this.jobs = jobs;
    this.dispatcher = dispatcher;
    this.endings = endings;
    this.clock = clock;
  }

  /** A sole task needs nothing of this: its record says everything. */
  void after(Task task) throws IOException {
    if (task.sole()) {
      return;
    }
    Job job = jobs.find(task.account(), task.id().job()).orElse(null);
    if (job == null) {
      LOG.warn("job {} is gone; its task {} ended", task.id().job(), task.id());
      return;
    }
    Instant now = clock.instant();
    JobFlow flow = JobFlow.of(job, jobs.records(task.account(), task.id().job()));
    if (flow.state(false).ended()) {
      endings.note(flow, jobs.cancelled(job.account(), job.id()), now);
      if (flow.state(false) != JobState.DONE) {
        return;
      }
    }
    Set<TaskId> followers =
        flow.plans().stream()
            .filter(plan -> plan.after().contains(task.id()))
            .map(JobFlow.Plan::id)
            .collect(Collectors.toSet());
    List<Task> next =
        flow.ready(now).stream()
            .filter(ready -> followers.contains(ready.id()))
            .filter(ready -> !flow.records().containsKey(ready.id()))
            .toList();
    if (!next.isEmpty() && !jobs.cancelled(job.account(), job.id())) {
      dispatcher.enqueueNext(next);
    }
  }
}
