package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.queue.Outgoing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a task when a try at it has ended: its record is written, its job moves on, and
 * last of all its message is completed, or given back when the task is to be tried again.
 */
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final LoopPorts ports;
  private final LoopSettings settings;
  private final Records records;
  private final Batches batches;
  private final HandBack back;
  private final TaskPlaces places;
  private final JobAdvance advance;
  private final LoopListener listener;
  private final InstantSource clock;

  Settlement(
      LoopPorts ports,
      LoopSettings settings,
      Records records,
      Batches batches,
      TaskPlaces places,
      LoopListener listener,
      InstantSource clock) {
    this.ports = ports;
    this.settings = settings;
    this.records = records;
    this.batches = batches;
    this.back = new HandBack(ports.queues());
    this.places = places;
    this.advance = new JobAdvance(ports.jobs(), ports.dispatcher(), ports.endings(), clock);
    this.listener = listener;
    this.clock = clock;
  }

  /** Somebody has done it: only its job may still have to be moved on. */
  void alreadyEnded(RunningTask run) throws IOException {
    batches.started(run.task().pending());
    advance.after(run.task());
    batches.completed(run.lease());
  }

  /** Too many instances died of it. */
  void giveUp(RunningTask run, TaskRecord before) throws IOException {
    TaskRecord dead = records.givenUp(run.task(), before, clock.instant());
    ports.jobs().record(dead);
    end(run, dead);
    batches.started(run.task().pending());
  }

  /**
   * A try ended.
   *
   * @param since when it began
   */
  void finish(RunningTask run, TaskOutcome handled, Instant since) throws IOException {
    Task task = run.task();
    synchronized (run.recordLock()) {
      run.finished();
    }
    if (run.isLost() || run.expiresSoon()) {
      LOG.warn("lease of task {} was lost; whoever has it now does it again", task.id());
      listener.lost(task);
      return;
    }
    RunningTask.Ending told = run.ending();
    if (told != null && told.why() == RunningTask.Why.NOT_OURS) {
      back.now(run, Admission.BUSY_DELAY);
      return;
    }
    TaskOutcome outcome = told == null ? handled : given(told, handled);
    Instant now = clock.instant();
    TaskRecord record = store(run, outcome, since, now);
    places.giveUp(run); // before the next stage is sent, which may need it
    listener.ended(task, outcome, Duration.between(since, now));
    log(task, outcome, Duration.between(since, now));
    if (record.state() == TaskState.WAITING) {
      batches.awaitStarted(run.leftBacklog());
      ports.backlog().add(task, false);
      back.now(run, delay(outcome, record));
    } else {
      end(run, record);
    }
  }

  /** What was finished although it was told to stop counts all the same. */
  private static TaskOutcome given(RunningTask.Ending told, TaskOutcome handled) {
    boolean counts =
        switch (handled) {
          case TaskOutcome.Produced _, TaskOutcome.Rejected _ -> true;
          case TaskOutcome.Retry _, TaskOutcome.Postponed _ -> false;
          case TaskOutcome.Interrupted _, TaskOutcome.Cancelled _ -> false;
        };
    if (counts) {
      return handled;
    }
    return told.why() == RunningTask.Why.CANCELLED
        ? new TaskOutcome.Cancelled()
        : new TaskOutcome.Interrupted(told.cause());
  }

  private TaskRecord store(RunningTask run, TaskOutcome outcome, Instant since, Instant now)
      throws IOException {
    Task task = run.task();
    @Nullable TaskRecord begun = run.begun();
    TaskRecord record = records.ended(task, begun, outcome, since, now, settings.maxFailures());
    if (begun != null) {
      ports.jobs().record(record);
      return record;
    }
    if (ports.jobs().begin(record)) {
      return record;
    }
    TaskRecord before = ports.jobs().find(task.account(), task.id()).orElse(null);
    if (before != null && before.state().ended()) {
      return before;
    }
    TaskRecord merged = records.ended(task, before, outcome, since, now, settings.maxFailures());
    ports.jobs().record(merged);
    return merged;
  }

  private static Duration delay(TaskOutcome outcome, TaskRecord record) {
    return switch (outcome) {
      case TaskOutcome.Retry retry -> {
        Duration grown = LoopSettings.backoff(record.failures());
        Duration wanted = retry.delay();
        yield atMost(wanted.compareTo(grown) > 0 ? wanted : grown);
      }
      case TaskOutcome.Postponed postponed -> atMost(postponed.delay());
      case TaskOutcome.Produced _,
          TaskOutcome.Rejected _,
          TaskOutcome.Interrupted _,
          TaskOutcome.Cancelled _ ->
          Duration.ZERO;
    };
  }

  private static Duration atMost(Duration delay) {
    return delay.compareTo(Outgoing.MAX_DELAY) > 0 ? Outgoing.MAX_DELAY : delay;
  }

  private void end(RunningTask run, TaskRecord record) throws IOException {
    if (record.state() == TaskState.DEAD) {
      String cause = record.attempts().isEmpty() ? "" : record.attempts().getLast().cause();
      ports
          .queues()
          .of(run.task().workClass())
          .deadLetters()
          .bury(run.task(), record.failures() + " failures; the last: " + cause);
    }
    advance.after(run.task());
    batches.completed(run.lease());
  }

  private static void log(Task task, TaskOutcome outcome, Duration service) {
    long millis = service.toMillis();
    switch (outcome) {
      case TaskOutcome.Produced _ -> LOG.debug("task {} done in {} ms", task.id(), millis);
      case TaskOutcome.Retry retry ->
          LOG.warn("task {} failed after {} ms: {}", task.id(), millis, retry.cause());
      case TaskOutcome.Rejected rejected ->
          LOG.info("task {} rejected: {}", task.id(), rejected.cause());
      case TaskOutcome.Postponed postponed ->
          LOG.debug("task {} postponed: {}", task.id(), postponed.cause());
      case TaskOutcome.Interrupted interrupted ->
          LOG.info("task {} handed back: {}", task.id(), interrupted.cause());
      case TaskOutcome.Cancelled _ -> LOG.info("task {} cancelled", task.id());
    }
  }
}
