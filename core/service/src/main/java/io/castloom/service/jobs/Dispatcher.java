package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.SendFailure;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings jobs onto the queues: the job is opened, its ready tasks are noted in the backlog, their
 * messages are sent, in this order, so that a crash anywhere leaves something to heal from. Of an
 * account's tasks only a window of messages is on a queue at a time; the rest are held in the
 * backlog and released, in weighted fair order, as tasks start.
 *
 * <p>Thread-safe. Several processes may dispatch at once: a message that is sent twice is harmless.
 */
public final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final JobStore jobs;
  private final Backlog backlog;
  private final WorkQueues queues;
  private final Fairness fairness;
  private final BacklogView view;

  /**
   * What a window's size follows from.
   *
   * @param slots tasks of a kind that the fleet can do at once
   * @param weight an account's share in relation to others', 1 as a rule
   * @param limit tasks that an account may run at once: more messages than that are of no use
   * @param largestWindow unstarted messages of a class for an account of weight 1, at most; 2 to
   *     1,000
   */
  public record Fairness(
      SlotCount slots,
      ToIntFunction<AccountId> weight,
      ToIntFunction<AccountId> limit,
      int largestWindow) {
    public Fairness {
      if (largestWindow < Window.SMALLEST || largestWindow > Window.LARGEST) {
        throw new IllegalArgumentException("largest window out of 2..1000: " + largestWindow);
      }
    }

    /** For accounts without limits. */
    public Fairness(SlotCount slots, ToIntFunction<AccountId> weight, int largestWindow) {
      this(slots, weight, _ -> RunningPlaces.UNLIMITED, largestWindow);
    }
  }

  /** How many tasks of a kind the fleet can do at once. */
  @FunctionalInterface
  public interface SlotCount {
    int of(TaskKind kind) throws IOException;
  }

  public Dispatcher(
      JobStore jobs, Backlog backlog, WorkQueues queues, Fairness fairness, InstantSource clock) {
    this.jobs = jobs;
    this.backlog = backlog;
    this.queues = queues;
    this.fairness = fairness;
    this.view = new BacklogView(backlog, clock);
  }

  /**
   * Opens a job and sends what can be done of it. The same job again is the same job: what of it
   * has neither a record nor an entry in the backlog is sent, and nothing else happens.
   *
   * @return the stored job
   * @throws IOException the job may or may not be open; asking again is safe
   */
  public Job submit(Job job) throws IOException {
    Job stored = jobs.open(job);
    if (stored.equals(job)) {
      tellQueued(stored, stored.createdAt());
      enqueue(JobFlow.of(stored, Map.of()).ready(stored.createdAt()));
    } else if (jobs.ending(stored.account(), stored.id()).isEmpty()) {
      resume(stored);
    }
    return stored;
  }

  /** Tells a job's owner that it waits, if he wants to know. */
  void tellQueued(Job job, Instant at) throws IOException {
    Task telling = job.telling(JobState.QUEUED, at, "");
    if (telling != null) {
      enqueueNext(List.of(telling));
    }
  }

  private void resume(Job job) throws IOException {
    Map<TaskId, TaskRecord> records = jobs.records(job.account(), job.id());
    Task telling = job.telling(JobState.QUEUED, job.createdAt(), "");
    if (telling != null && records.isEmpty()) {
      ensure(telling);
    }
    List<Task> lost = new ArrayList<>();
    for (Task task : JobFlow.of(job, records).ready(job.createdAt())) {
      if (!records.containsKey(task.id()) && !waits(task)) {
        lost.add(task);
      }
    }
    enqueue(lost);
  }

  private boolean waits(Task task) throws IOException {
    return backlog.message(task.pending(false)).isPresent()
        || backlog.message(task.pending(true)).isPresent();
  }

  /**
   * Sends a task unless something is known of it: for who cannot know whether another, who may have
   * died, has sent it.
   */
  public void ensure(Task task) throws IOException {
    if (jobs.find(task.account(), task.id()).isEmpty() && !waits(task)) {
      enqueueNext(List.of(task));
    }
  }

  /**
   * Notes tasks in the backlog and sends those whose account's window is open. A message that could
   * not be sent is logged, and sent later by the sweeper.
   */
  public void enqueue(List<Task> tasks) throws IOException {
    Map<WorkClass, List<Task>> byClass = new LinkedHashMap<>();
    for (Task task : tasks) {
      byClass.computeIfAbsent(task.workClass(), _ -> new ArrayList<>()).add(task);
    }
    for (Map.Entry<WorkClass, List<Task>> entry : byClass.entrySet()) {
      enqueue(entry.getKey(), entry.getValue());
    }
  }

  /**
   * The same for the next stage of a job that has begun. One or two tasks are sent at once, window
   * or not: a join frees its job, and nearly finished work goes before what has not begun.
   */
  public void enqueueNext(List<Task> tasks) throws IOException {
    if (tasks.size() > 2) {
      enqueue(tasks);
      return;
    }
    for (Task task : tasks) {
      backlog.add(task, false);
      send(task.workClass(), List.of(task));
    }
  }

  private void enqueue(WorkClass workClass, List<Task> tasks) throws IOException {
    Window window = window(workClass);
    List<Task> now = new ArrayList<>();
    List<Task> later = new ArrayList<>();
    boolean room = false;
    for (Task task : tasks) {
      switch (view.admit(task, window)) {
        case NOW -> now.add(task);
        case HELD -> later.add(task);
        case HELD_BEHIND_OTHERS -> {
          later.add(task);
          room = true;
        }
      }
    }
    InParallel.map(
        later,
        task -> {
          backlog.add(task, true);
          return task;
        });
    send(
        workClass,
        InParallel.map(
            now,
            task -> {
              backlog.add(task, false);
              return task;
            }));
    if (room) {
      releaseHeld(workClass, Integer.MAX_VALUE);
    }
  }

  /**
   * Sends messages of held tasks as far as the windows are open.
   *
   * @param atMost how many at most
   * @return how many were sent
   */
  public int releaseHeld(WorkClass workClass, int atMost) throws IOException {
    List<PendingTask> waiting = view.refresh(workClass);
    List<PendingTask> due = window(workClass).toRelease(waiting);
    List<PendingTask> first = due.subList(0, Math.min(atMost, due.size()));
    List<Task> messages = new ArrayList<>();
    InParallel.map(first, backlog::release).forEach(task -> task.ifPresent(messages::add));
    send(workClass, messages);
    view.forget(workClass);
    return messages.size();
  }

  /**
   * Moves a waiting task into another class, where it is held until its account's window opens: ask
   * {@link #releaseHeld} afterwards. A message that is on the old queue stays there: who gets it
   * does the task, or finds it done.
   *
   * @return whether it still waited
   */
  boolean move(PendingTask waiting, WorkClass to) throws IOException {
    Task task = backlog.message(waiting).orElse(null);
    if (task == null) {
      return false;
    }
    backlog.add(task.withClass(to), true);
    backlog.remove(List.of(waiting));
    view.forget(to);
    view.forget(waiting.workClass());
    return true;
  }

  /** Sends the message of a waiting task again, which is harmless when it was not lost. */
  void sendAgain(Task task) throws IOException {
    send(task.workClass(), List.of(task));
  }

  private void send(WorkClass workClass, List<Task> tasks) throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    List<Task> refused = new ArrayList<>();
    sendOnce(workClass, tasks).forEach(failure -> refused.add(failure.message().body()));
    if (refused.isEmpty()) {
      return;
    }
    for (SendFailure<Task> failure : sendOnce(workClass, refused)) {
      LOG.warn(
          "message of task {} was not sent, the sweeper will send it: {}",
          failure.message().body().id(),
          failure.reason());
    }
  }

  private List<SendFailure<Task>> sendOnce(WorkClass workClass, List<Task> tasks)
      throws IOException {
    return queues
        .of(workClass)
        .sendAll(tasks.stream().map(task -> Outgoing.now(task, task.account().value())).toList());
  }

  private Window window(WorkClass workClass) throws IOException {
    return new Window(fairness.slots().of(workClass.kind()), fairness);
  }
}
