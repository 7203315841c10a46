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
import org.slf4j.MDC;

/**
 * One try at a task, from its lease to its end: look whether its account may run one more and
 * whether it is still to be done, note that it runs, do it, note how it ended, move its job on, and
 * last of all complete the message.
 *
 * <p>Of a first delivery nothing need be read: the first record is stored only if there is none. A
 * quick task is recorded once, when it has ended.
 */
final class TaskRunner {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  /**
   * A task that is expected to be this quick is not recorded as running, unless it takes longer.
   */
  static final Duration QUICK = Duration.ofSeconds(1);

  /** Somebody else is at it: look again after this. */
  private static final Duration BUSY_DELAY = Duration.ofMinutes(1);

  /** The store failed: try again after this. */
  private static final Duration FAULT_DELAY = Duration.ofSeconds(20);

  private final LoopPorts ports;
  private final LoopSettings settings;
  private final TaskHandler handler;
  private final Records records;
  private final Batches batches;
  private final HandBack back;
  private final TaskPlaces places;
  private final JobAdvance advance;
  private final Beginnings beginnings;
  private final LoopListener listener;
  private final InstantSource clock;

  /** What the look at a task's record said. */
  private enum Look {
    START,
    ENDED,
    BUSY,
    GIVEN_UP,
    /** Its account runs as many tasks as it may. */
    FULL
  }

  TaskRunner(
      LoopPorts ports,
      LoopSettings settings,
      TaskHandler handler,
      Records records,
      Batches batches,
      LoopListener listener,
      InstantSource clock) {
    this.ports = ports;
    this.settings = settings;
    this.handler = handler;
    this.records = records;
    this.batches = batches;
    this.back = new HandBack(ports.queues());
    this.places = new TaskPlaces(ports.places());
    this.advance = new JobAdvance(ports.jobs(), ports.dispatcher(), ports.endings(), clock);
    this.beginnings = new Beginnings(ports.jobs(), ports.dispatcher(), clock);
    this.listener = listener;
    this.clock = clock;
  }

  /** Does it all. Nothing is thrown: a fault gives the message back. */
  void run(RunningTask run) {
    Task task = run.task();
    try (var _ = MDC.putCloseable("job", task.id().job().value());
        var _ = MDC.putCloseable("task", task.id().name())) {
      work(run);
    } catch (IOException e) {
      LOG.warn("fault around task {}: {}", task.id(), e.toString());
      back.quietly(run, FAULT_DELAY);
    } catch (RuntimeException e) {
      LOG.error("bug around task {}", task.id(), e);
      back.quietly(run, FAULT_DELAY);
    } finally {
      places.giveUp(run);
    }
  }

  private void work(RunningTask run) throws IOException {
    RunningTask.Ending early = run.ending();
    if (early != null) {
      back.now(run, Duration.ZERO);
      return;
    }
    switch (places.claim(run) ? look(run) : Look.FULL) {
      case START -> {
        run.leftBacklog(batches.started(run.task().pending()));
        listener.started(run.task(), Duration.between(run.task().enqueuedAt(), clock.instant()));
        beginnings.of(run.task());
        Instant since = clock.instant();
        TaskOutcome outcome = handle(run);
        finish(run, outcome, since);
      }
      case ENDED -> {
        batches.started(run.task().pending());
        advance.after(run.task());
        batches.completed(run.lease());
      }
      case BUSY -> back.now(run, BUSY_DELAY);
      case GIVEN_UP -> batches.started(run.task().pending());
      case FULL -> back.untried(run, places.patience(run.task()));
    }
  }

  private Look look(RunningTask run) throws IOException {
    Task task = run.task();
    boolean firstDelivery = run.lease().receiveCount() == 1;
    if (firstDelivery && task.estimate().compareTo(QUICK) <= 0) {
      return Look.START;
    }
    if (firstDelivery && beginFirst(run)) {
      return Look.START;
    }
    TaskRecord before = ports.jobs().find(task.account(), task.id()).orElse(null);
    if (before == null) {
      return beginFirst(run) ? Look.START : Look.BUSY;
    }
    return goOn(run, before);
  }

  private boolean beginFirst(RunningTask run) throws IOException {
    TaskRecord first = records.running(run.task(), null, clock.instant());
    boolean begun = ports.jobs().begin(first);
    if (begun) {
      run.begin(first);
    }
    return begun;
  }

  /** Decides by a record that is there. */
  private Look goOn(RunningTask run, TaskRecord before) throws IOException {
    if (before.state().ended()) {
      return Look.ENDED;
    }
    if (before.state() == TaskState.RUNNING && run.lease().receiveCount() == 1) {
      return Look.BUSY; // a second message of the same task; the first one's holder is at it
    }
    if (Records.crashes(before) >= Records.MAX_CRASHES) {
      TaskRecord dead = records.givenUp(run.task(), before, clock.instant());
      ports.jobs().record(dead);
      end(run, dead);
      return Look.GIVEN_UP;
    }
    TaskRecord next = records.running(run.task(), before, clock.instant());
    ports.jobs().record(next);
    run.begin(next);
    return Look.START;
  }

  /** Records a task as running that was expected to be quick and is not. */
  void beginLate(RunningTask run) throws IOException {
    synchronized (run.recordLock()) {
      if (run.begun() != null || run.isFinished() || beginFirst(run)) {
        return;
      }
      TaskRecord before = ports.jobs().find(run.task().account(), run.task().id()).orElse(null);
      if (before == null || goOn(run, before) != Look.START) {
        run.stop(RunningTask.Why.NOT_OURS, "another instance has it");
      }
    }
  }

  private TaskOutcome handle(RunningTask run) {
    try {
      run.enterHandler();
      return handler.handle(run.task(), run);
    } catch (InterruptedException e) {
      return new TaskOutcome.Interrupted("interrupted");
    } catch (IOException e) {
      return new TaskOutcome.Retry(String.valueOf(e.getMessage()), Duration.ZERO, "");
    } catch (RuntimeException e) {
      LOG.error("bug in the handling of task {}", run.task().id(), e);
      return new TaskOutcome.Retry("internal error: " + e, Duration.ZERO, "");
    } finally {
      run.leaveHandler();
    }
  }

  private void finish(RunningTask run, TaskOutcome handled, Instant since) throws IOException {
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
      back.now(run, BUSY_DELAY);
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
