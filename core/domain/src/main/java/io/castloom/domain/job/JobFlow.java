package io.castloom.domain.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    List<Plan> plans = new ArrayList<>();
    Job.Assembly assembly = job.assembly();
    if (assembly != null) {
      TaskSpec spec = new TaskSpec.Assemble(assembly.show(), assembly.episode(), assembly.night());
      TaskId id = new TaskId(job.id(), "assemble");
      plans.add(new Plan(id, spec, Estimates.ASSEMBLY, Set.of(), true));
      return new JobFlow(job, plans, records);
    }
    job.profiles()
        .forEach(
            profile ->
                plans.add(
                    new Plan(
                        new TaskId(job.id(), "encode-" + profile.name()),
                        new TaskSpec.Encode(job.original(), profile),
                        Estimates.encode(job.original().media(), profile),
                        Set.of(),
                        true)));
    return new JobFlow(job, plans, records);
  }

  /** Tasks that can be done now and have not ended, as messages first sent at {@code now}. */
  public List<Task> ready(Instant now) {
    return plans.stream()
        .filter(plan -> !ended(plan.id()))
        .filter(plan -> plan.after().stream().allMatch(this::done))
        .map(
            plan ->
                new Task(
                    plan.id(),
                    new WorkClass(plan.spec().kind(), job.priority()),
                    job.account(),
                    now,
                    plan.estimate(),
                    plan.spec(),
                    plans.size() == 1 && job.callback() == null))
        .toList();
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
    return records.isEmpty() ? JobState.QUEUED : JobState.RUNNING;
  }

  /** The part that is done, 0 to 1, weighted by the tasks' estimates. */
  public double progress() {
    double all = 0;
    double done = 0;
    for (Plan plan : plans) {
      double weight = Math.max(1, plan.estimate().toMillis());
      all += weight;
      done += done(plan.id()) ? weight : 0;
    }
    return all == 0 ? 0 : done / all;
  }

  /** What the done tasks stored, in the order of the plans. */
  public List<Product> products() {
    return plans.stream()
        .map(plan -> records.get(plan.id()))
        .filter(record -> record != null && record.state() == TaskState.DONE)
        .flatMap(record -> record.products().stream())
        .toList();
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
