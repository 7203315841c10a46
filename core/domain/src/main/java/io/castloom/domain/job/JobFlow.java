package io.castloom.domain.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A job's tasks and its state, computed from the job and its tasks' records: the same for everybody
 * who looks, so that duplicates are harmless and the last finisher needs no lock.
 *
 * @param plans every task that the records so far allow to name
 */
public record JobFlow(Job job, List<Plan> plans, Map<TaskId, TaskRecord> records) {

  /**
   * A task of the job.
   *
   * @param after the tasks whose results it needs
   * @param required whether the job fails with it
   */
  public record Plan(
      TaskId id, TaskSpec spec, Duration estimate, Set<TaskId> after, boolean required) {
    public Plan {
      after = Set.copyOf(after);
    }
  }

  public JobFlow {
    plans = List.copyOf(plans);
    records = Map.copyOf(records);
  }

  /** The flow of a job whose tasks have these records; tasks without one have not been tried. */
  public static JobFlow of(Job job, Map<TaskId, TaskRecord> records) {
    return new JobFlow(job, JobStages.of(job, records), records);
  }

  /**
   * Tasks that can be done now and have not ended. Those whose failure the job survives are {@link
   * Priority#BULK}, so that they delay nobody's rendition. As messages first sent at {@code now}.
   */
  public List<Task> ready(Instant now) {
    return plans.stream()
        .filter(plan -> !ended(plan.id()))
        .filter(plan -> plan.after().stream().allMatch(this::done))
        .map(
            plan ->
                new Task(
                    plan.id(),
                    new WorkClass(
                        plan.spec().kind(), plan.required() ? job.priority() : Priority.BULK),
                    job.account(),
                    now,
                    plan.estimate(),
                    plan.spec(),
                    aloneDecides(),
                    job.show(),
                    plan.required() ? Haste.of(job.deadline(), !plan.after().isEmpty()) : null))
        .toList();
  }

  /** Whether nothing follows from a task's end but what its own record says. */
  private boolean aloneDecides() {
    return job.callback() == null
        && plans.stream().filter(Plan::required).count() == 1
        && plans.stream().allMatch(plan -> plan.after().isEmpty());
  }

  /** The job's state; whether it was cancelled is known from elsewhere. */
  public JobState state(boolean cancelled) {
    List<Plan> required = plans.stream().filter(Plan::required).toList();
    if (required.stream().allMatch(plan -> done(plan.id()))) {
      return JobState.DONE;
    }
    if (cancelled) {
      return JobState.CANCELLED;
    }
    if (any(TaskState.REJECTED)) {
      return JobState.REJECTED;
    }
    if (any(TaskState.DEAD)) {
      return JobState.FAILED;
    }
    if (any(TaskState.CANCELLED)) {
      return JobState.CANCELLED;
    }
    return required.stream().noneMatch(plan -> records.containsKey(plan.id()))
        ? JobState.QUEUED
        : JobState.RUNNING;
  }

  /** The part of the required tasks that is done, 0 to 1, weighted by their estimates. */
  public double progress() {
    double all = 0;
    double done = 0;
    for (Plan plan : plans.stream().filter(Plan::required).toList()) {
      double weight = Math.max(1, plan.estimate().toMillis());
      all += weight;
      done += done(plan.id()) ? weight : 0;
    }
    return all == 0 ? 0 : done / all;
  }

  /**
   * What the done tasks stored for the job's owner, in the order of the plans; not what one task
   * made for the next.
   */
  public List<Product> products() {
    return plans.stream()
        .filter(plan -> isResult(plan.spec()))
        .map(plan -> records.get(plan.id()))
        .filter(record -> record != null && record.state() == TaskState.DONE)
        .flatMap(record -> record.products().stream())
        .toList();
  }

  private static boolean isResult(TaskSpec spec) {
    return switch (spec) {
      case TaskSpec.Analyse _, TaskSpec.Encode _, TaskSpec.Join _ -> true;
      case TaskSpec.Conform _, TaskSpec.Assemble _ -> true;
      case TaskSpec.Unpack _, TaskSpec.Measure _, TaskSpec.Segment _ -> false;
      case TaskSpec.Callback _ -> false;
    };
  }

  private boolean any(TaskState state) {
    return plans.stream()
        .filter(Plan::required)
        .map(plan -> records.get(plan.id()))
        .anyMatch(record -> record != null && record.state() == state);
  }

  private boolean done(TaskId task) {
    TaskRecord record = records.get(task);
    return record != null && record.state() == TaskState.DONE;
  }

  private boolean ended(TaskId task) {
    TaskRecord record = records.get(task);
    return record != null && record.state().ended();
  }
}
