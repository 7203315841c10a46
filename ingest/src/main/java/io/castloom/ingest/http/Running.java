package io.castloom.ingest.http;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.service.fleet.FleetStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the tasks are that instances have in their hands.
 *
 * @param progress 0 to 1 by task
 */
record Running(Map<TaskId, Double> progress) {
  static Running of(Optional<FleetStatus> status) {
    Map<TaskId, Double> progress = new HashMap<>();
    status.stream()
        .flatMap(it -> it.members().stream())
        .flatMap(member -> member.running().stream())
        .forEach((Heartbeat.Running run) -> progress.merge(run.task(), run.progress(), Math::max));
    return new Running(progress);
  }

  /** A job's progress, weighted by its required tasks' estimates. */
  double progress(JobFlow flow) {
    double all = 0;
    double done = 0;
    for (JobFlow.Plan plan : flow.plans()) {
      if (plan.required()) {
        double weight = Math.max(1, plan.estimate().toMillis());
        TaskRecord record = flow.records().get(plan.id());
        boolean ended = record != null && record.state() == TaskState.DONE;
        all += weight;
        done += weight * (ended ? 1 : Math.clamp(progress.getOrDefault(plan.id(), 0.0), 0, 1));
      }
    }
    return all == 0 ? 0 : done / all;
  }
}
