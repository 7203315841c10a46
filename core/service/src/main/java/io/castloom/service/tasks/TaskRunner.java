package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One try at a task, from its lease to its end: look whether its account may run one more and
 * whether it is still to be done, note that it runs, do it, note how it ended, move its job on, and
 * last of all complete the message.
 */
final class TaskRunner {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  /** The store failed: try again after this. */
  private static final Duration FAULT_DELAY = Duration.ofSeconds(20);

  private final TaskHandler handler;
  private final Batches batches;
  private final HandBack back;
  private final TaskPlaces places;
  private final Admission admission;
  private final Settlement settlement;
  private final Beginnings beginnings;
  private final LoopListener listener;
  private final InstantSource clock;

  TaskRunner(
      LoopPorts ports,
      LoopSettings settings,
      TaskHandler handler,
      Records records,
      Batches batches,
      LoopListener listener,
      InstantSource clock) {
    Holders holders = new Holders(records.instance(), ports.fleet(), settings, clock);
    this.handler = handler;
    this.batches = batches;
    this.back = new HandBack(ports.queues());
    this.places = new TaskPlaces(ports.places());
    this.admission = new Admission(ports, records, holders, places, clock);
    this.settlement = new Settlement(ports, settings, records, batches, places, listener, clock);
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
    switch (admission.of(run)) {
      case Admission.Verdict.Start _ -> begin(run);
      case Admission.Verdict.Ended _ -> settlement.alreadyEnded(run);
      case Admission.Verdict.Busy(Duration delay) -> {
        batches.started(run.task().pending()); // elsewhere; who takes it over has its message
        back.now(run, delay);
      }
      case Admission.Verdict.GivenUp(TaskRecord before) -> settlement.giveUp(run, before);
      case Admission.Verdict.Full(Duration delay) -> back.untried(run, delay);
    }
  }

  private void begin(RunningTask run) throws IOException {
    Task task = run.task();
    run.leftBacklog(batches.started(task.pending()));
    listener.started(task, Duration.between(task.enqueuedAt(), clock.instant()));
    boolean told = beginnings.of(task, run.lease().receiveCount() > 1);
    Instant since = clock.instant();
    TaskOutcome outcome = handle(run);
    if (!told) {
      beginnings.insist(task);
    }
    settlement.finish(run, outcome, since);
  }

  /** Records a task as running that was expected to be quick and is not. */
  void beginLate(RunningTask run) throws IOException {
    admission.beginLate(run);
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
}
