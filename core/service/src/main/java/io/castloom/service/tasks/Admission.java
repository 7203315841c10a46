package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a task that was received is begun here: its account may run one more, nobody else
 * is at it, and it is still to be done. What is begun is noted as running.
 *
 * <p>Of a first delivery nothing need be read: the first record is stored only if there is none. A
 * quick task is recorded once, when it has ended.
 */
final class Admission {

  /**
   * A task that is expected to be this quick is not recorded as running, unless it takes longer.
   */
  static final Duration QUICK = Duration.ofSeconds(1);

  /** Somebody else is at it, of whom nothing is known: look again after this. */
  static final Duration BUSY_DELAY = Duration.ofMinutes(1);

  private final LoopPorts ports;
  private final Records records;
  private final Holders holders;
  private final TaskPlaces places;
  private final InstantSource clock;

  /** What the look at a task said. */
  sealed interface Verdict {
    record Start() implements Verdict {}

    record Ended() implements Verdict {}

    /** Another instance is at it; look again after this. */
    record Busy(Duration delay) implements Verdict {}

    /** Too many instances died of it, as its record says. */
    record GivenUp(TaskRecord record) implements Verdict {}

    /** Its account runs as many tasks as it may; ask again after this. */
    record Full(Duration delay) implements Verdict {}
  }

  Admission(
      LoopPorts ports, Records records, Holders holders, TaskPlaces places, InstantSource clock) {
    this.ports = ports;
    this.records = records;
    this.holders = holders;
    this.places = places;
    this.clock = clock;
  }

  /** Takes a place in its account's limit, and looks. */
  Verdict of(RunningTask run) throws IOException {
    if (!places.claim(run)) {
      return new Verdict.Full(places.patience(run.task()));
    }
    Task task = run.task();
    boolean firstDelivery = run.lease().receiveCount() == 1;
    if (firstDelivery && task.estimate().compareTo(QUICK) <= 0) {
      return new Verdict.Start();
    }
    if (firstDelivery && beginFirst(run)) {
      return new Verdict.Start();
    }
    TaskRecord before = ports.jobs().find(task.account(), task.id()).orElse(null);
    if (before == null) {
      return beginFirst(run) ? new Verdict.Start() : new Verdict.Busy(BUSY_DELAY);
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
  private Verdict goOn(RunningTask run, TaskRecord before) throws IOException {
    if (before.state().ended()) {
      return new Verdict.Ended();
    }
    if (before.state() == TaskState.RUNNING) {
      Duration wait = waitForHolder(run, before);
      if (wait != null) {
        return new Verdict.Busy(wait);
      }
    }
    if (Records.crashes(before) >= Records.MAX_CRASHES) {
      return new Verdict.GivenUp(before);
    }
    TaskRecord next = records.running(run.task(), before, clock.instant());
    ports.jobs().record(next);
    run.begin(next);
    return new Verdict.Start();
  }

  /** How long to leave it to whom its record names; null when it is to be taken over. */
  private @Nullable Duration waitForHolder(RunningTask run, TaskRecord before) {
    return switch (holders.of(before)) {
      case Holders.Answer.AtIt(Duration askAgain) -> askAgain;
      // a second message, as a rule: the first one's holder is at it
      case Holders.Answer.Unknown _ -> run.lease().receiveCount() == 1 ? BUSY_DELAY : null;
      case Holders.Answer.Gone _ -> null;
    };
  }

  /** Records a task as running that was expected to be quick and is not. */
  void beginLate(RunningTask run) throws IOException {
    synchronized (run.recordLock()) {
      if (run.begun() != null || run.isFinished() || beginFirst(run)) {
        return;
      }
      TaskRecord before = ports.jobs().find(run.task().account(), run.task().id()).orElse(null);
      if (before == null || !(goOn(run, before) instanceof Verdict.Start)) {
        run.stop(RunningTask.Why.NOT_OURS, "another instance has it");
      }
    }
  }
}
