package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.queue.NoSuchQueueException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an owner may order of a job: to cancel it, or to try again what is missing of it. */
public final class JobOrders {

  private static final Duration ORDER_VALID = Duration.ofMinutes(5);

  private final JobStore jobs;
  private final Backlog backlog;
  private final Dispatcher dispatcher;
  private final ControlChannel control;
  private final Endings endings;
  private final InstantSource clock;

  /** How an order was taken. */
  public sealed interface Outcome {
    /** It is carried out. */
    record Accepted(Job job) implements Outcome {}

    /** The account has no such job. */
    record NoSuchJob() implements Outcome {}

    /** The job's state does not allow it; the reason is for its owner. */
    record Refused(String reason) implements Outcome {}
  }

  public JobOrders(
      JobStore jobs,
      Backlog backlog,
      Dispatcher dispatcher,
      ControlChannel control,
      Endings endings,
      InstantSource clock) {
    this.jobs = jobs;
    this.backlog = backlog;
    this.dispatcher = dispatcher;
    this.control = control;
    this.endings = endings;
    this.clock = clock;
  }

  /**
   * Cancels a job: tasks that wait never start, and instances that run one are told to stop, which
   * they do within seconds. Idempotent.
   */
  public Outcome cancel(AccountId account, JobId id) throws IOException {
    Job job = jobs.find(account, id).orElse(null);
    if (job == null) {
      return new Outcome.NoSuchJob();
    }
    JobFlow before = JobFlow.of(job, jobs.records(account, id));
    boolean cancelled = jobs.cancelled(account, id);
    if (before.state(cancelled).ended() && !cancelled) {
      return new Outcome.Refused("the job has ended already: " + before.state(false).slug());
    }
    jobs.cancel(account, id);
    for (Task task : before.ready(job.createdAt())) {
      TaskRecord record = before.records().get(task.id());
      if (record == null) {
        jobs.begin(cancelledRecord(task, 0, List.of()));
      } else if (record.state() == TaskState.WAITING) {
        jobs.record(cancelledRecord(task, record.failures(), record.attempts()));
      } else if (record.state() == TaskState.RUNNING) {
        tellRunner(record);
      }
    }
    backlog.remove(entriesOf(job, before));
    endings.note(JobFlow.of(job, jobs.records(account, id)), true, clock.instant());
    return new Outcome.Accepted(job);
  }

  /**
   * Tries again what of a job failed, was rejected or was cancelled; what is done stays done.
   * Refused while the job is at work, and when nothing is missing.
   */
  public Outcome retry(AccountId account, JobId id) throws IOException {
    Job job = jobs.find(account, id).orElse(null);
    if (job == null) {
      return new Outcome.NoSuchJob();
    }
    boolean cancelled = jobs.cancelled(account, id);
    JobFlow before = JobFlow.of(job, jobs.records(account, id));
    switch (before.state(cancelled)) {
      case QUEUED, RUNNING -> {
        return new Outcome.Refused("the job is at work; cancel it first to start it afresh");
      }
      case DONE -> {
        return new Outcome.Refused("nothing of the job is missing");
      }
      case FAILED, REJECTED, CANCELLED -> {}
    }
    jobs.reopen(account, id);
    JobFlow after = JobFlow.of(job, jobs.records(account, id));
    dispatcher.tellQueued(job, clock.instant());
    dispatcher.enqueue(after.ready(clock.instant()));
    return new Outcome.Accepted(job);
  }

  private static TaskRecord cancelledRecord(Task task, int failures, List<Attempt> attempts) {
    return new TaskRecord(
        task.id(), task.account(), TaskState.CANCELLED, failures, attempts, List.of());
  }

  private void tellRunner(TaskRecord record) throws IOException {
    if (record.attempts().isEmpty()) {
      return;
    }
    InstanceId runner = new InstanceId(record.attempts().getLast().instance());
    Directive directive =
        new Directive(
            UUID.randomUUID().toString(),
            new Command.CancelTask(record.task()),
            clock.instant(),
            ORDER_VALID);
    try {
      control.send(runner, directive);
    } catch (NoSuchQueueException e) {
      // the instance is gone, and with it the run; whoever gets the message sees the cancellation
    }
  }

  /** The job's own entries; those of its first stage are found without a listing. */
  private List<PendingTask> entriesOf(Job job, JobFlow flow) throws IOException {
    List<Task> ready = flow.ready(job.createdAt());
    Map<TaskId, TaskRecord> records = flow.records();
    if (records.isEmpty()) {
      return ready.stream().map(Task::pending).toList();
    }
    if (ready.isEmpty()) {
      return List.of();
    }
    return BacklogView.read(backlog, ready.getFirst().workClass(), BacklogView.MAX_ENTRIES).stream()
        .filter(entry -> entry.task().job().equals(job.id()))
        .toList();
  }
}
