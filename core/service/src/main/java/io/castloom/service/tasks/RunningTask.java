package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.queue.Lease;
import io.castloom.service.jobs.RunningPlaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task in this instance's hands, from its receipt until its message is dealt with. */
final class RunningTask implements TaskContext {

  private volatile Lease<Task> lease;
  private final InstanceId instance;
  private final InstantSource clock;
  private final Instant since;
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private volatile Instant heldUntil;
  private volatile double progress;
  private @Nullable Thread handler;

  private final Object recordLock = new Object();
  private volatile @Nullable TaskRecord begun;
  private volatile boolean finished;
  private @Nullable RunningTask successor;
  private volatile long leftBacklog;
  private volatile RunningPlaces.@Nullable Place place;

  /** Why a task was told to stop. */
  enum Why {
    LOST,
    CANCELLED,
    HANDED_BACK,
    /** Somebody else has done it, or is at it. */
    NOT_OURS
  }

  record Ending(Why why, String cause) {}

  RunningTask(Lease<Task> lease, InstanceId instance, Duration visibility, InstantSource clock) {
    this.lease = lease;
    this.instance = instance;
    this.clock = clock;
    this.since = clock.instant();
    this.heldUntil = since.plus(visibility);
  }

  Lease<Task> lease() {
    return lease;
  }

  Task task() {
    return lease.body();
  }

  Instant since() {
    return since;
  }

  Heartbeat.Running forHeartbeat() {
    Task task = task();
    return new Heartbeat.Running(
        task.id(), task.workClass(), task.account(), since, task.estimate(), progress);
  }

  /** From here on the thread may be interrupted. */
  synchronized void enterHandler() throws InterruptedException {
    handler = Thread.currentThread();
    if (ending.get() != null) {
      throw new InterruptedException("told to stop before it began");
    }
  }

  /** From here on it is not, and an interruption that came at the last moment is forgotten. */
  synchronized void leaveHandler() {
    handler = null;
    Thread.interrupted();
  }

  /** Tells it to stop; the first reason counts. */
  synchronized void stop(Why why, String cause) {
    if (ending.compareAndSet(null, new Ending(why, cause)) && handler != null) {
      handler.interrupt();
    }
  }

  @Nullable Ending ending() {
    return ending.get();
  }

  boolean isLost() {
    Ending known = ending.get();
    return known != null && known.why() == Why.LOST;
  }

  /**
   * The message was handed out once more: only its newest lease is sure to hold. A run that stops
   * because its own was lost cannot go on with it; the other follows it then.
   */
  synchronized void adopt(RunningTask again) {
    if (isLost()) {
      successor = again;
    } else {
      lease = again.lease;
      heldUntil = again.heldUntil;
    }
  }

  /** What came of its message after its own lease was lost, while it had not stopped yet. */
  synchronized @Nullable RunningTask successor() {
    return successor;
  }

  /** Tells it to stop because this lease is lost, unless it has a newer one. */
  synchronized void lost(Lease<Task> older, String cause) {
    if (older.equals(lease)) {
      stop(Why.LOST, cause);
    }
  }

  /** The lease was renewed at this time. */
  void renewed(Instant at, Duration visibility) {
    heldUntil = at.plus(visibility);
  }

  Instant heldUntil() {
    return heldUntil;
  }

  boolean expiresSoon() {
    return !clock.instant().isBefore(heldUntil.minus(LoopSettings.MARGIN));
  }

  /** Held while the task's record is decided on, so that a late beginning does not undo an end. */
  Object recordLock() {
    return recordLock;
  }

  /** The record that says that it runs, once stored. */
  @Nullable TaskRecord begun() {
    return begun;
  }

  void begin(TaskRecord record) {
    begun = record;
  }

  /** The number of its removal from the backlog. */
  void leftBacklog(long number) {
    leftBacklog = number;
  }

  long leftBacklog() {
    return leftBacklog;
  }

  /** What it holds of its account's limit; null when that has none. */
  RunningPlaces.@Nullable Place place() {
    return place;
  }

  void place(RunningPlaces.@Nullable Place held) {
    place = held;
  }

  void finished() {
    finished = true;
  }

  boolean isFinished() {
    return finished;
  }

  @Override
  public InstanceId instance() {
    return instance;
  }

  @Override
  public boolean stopping() {
    return ending.get() != null;
  }

  @Override
  public boolean publishable() {
    return !isLost() && !expiresSoon();
  }

  @Override
  public void progress(double fraction) {
    progress = Math.clamp(fraction, 0, 1);
  }
}
