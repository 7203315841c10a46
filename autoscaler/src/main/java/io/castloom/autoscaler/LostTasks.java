package io.castloom.autoscaler;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that an instance had in hand when it died wait again: their messages come back when their
 * leases end, and the backlog must show them meanwhile, or nothing is launched for them.
 */
final class LostTasks {

  private static final Logger LOG = LoggerFactory.getLogger(LostTasks.class);

  private final JobStore jobs;
  private final Backlog backlog;

  LostTasks(JobStore jobs, Backlog backlog) {
    this.jobs = jobs;
    this.backlog = backlog;
  }

  /** Notes those of them in the backlog that have not ended. */
  void bringBack(List<Heartbeat.Running> tasks, Instant now) throws IOException {
    for (Heartbeat.Running lost : tasks) {
      TaskRecord record = jobs.find(lost.account(), lost.task()).orElse(null);
      Job job = jobs.find(lost.account(), lost.task().job()).orElse(null);
      if (job == null || (record != null && record.state().ended())) {
        continue;
      }
      JobFlow flow = JobFlow.of(job, jobs.records(lost.account(), job.id()));
      for (Task task : flow.ready(now)) {
        if (task.id().equals(lost.task())) {
          backlog.add(task, false);
          LOG.info("task {} waits again: its instance died", task.id());
        }
      }
    }
  }
}
