package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in an instance's hands, its slots, and its mode. Everything waits here for its turn:
 * the fetching for room, a task for a slot, a drain for the last task.
 */
final class Hands {

  /** A request brings ten messages at most (SQS's limit). */
  private static final int BATCH = 10;

  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition slotFree = lock.newCondition();
  private final Map<TaskId, RunningTask> tasks = new LinkedHashMap<>();
  private Heartbeat.Mode mode = Heartbeat.Mode.STARTING;
  private int slots;
  private int working;
  private int ahead;
  private long signals;

  Hands(int slots) {
    this.slots = slots;
  }

  /** Takes a task; false when it is in hand already, under an older lease of the same message. */
  boolean take(RunningTask run) {
    return read(
        () -> {
          RunningTask before = tasks.putIfAbsent(run.task().id(), run);
          if (before != null) {
            before.adopt(run);
          }
          return before == null;
        });
  }

  /** Waits for a slot; a task that is told to stop waits no longer. */
  void enterSlot(RunningTask run) {
    lock.lock();
    try {
      while (working >= slots && !run.stopping()) {
        slotFree.awaitUninterruptibly();
      }
      working++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A task was dealt with: it leaves its slot, and these hands.
   *
   * @return what is to be worked off in its stead, in these hands: its message, which came again
   *     while it stopped; null as a rule
   */
  @Nullable RunningTask leave(RunningTask run) {
    lock.lock();
    try {
      working--;
      RunningTask next = run.successor();
      if (next == null) {
        tasks.remove(run.task().id(), run);
      } else {
        tasks.put(run.task().id(), next);
        if (mode != Heartbeat.Mode.WORKING) {
          next.stop(RunningTask.Why.HANDED_BACK, "nothing is begun any more");
        }
      }
      slotFree.signal();
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many more tasks may be taken: free slots, and some ahead when tasks are very quick, but
   * then not fewer than fill a request.
   */
  int room() {
    return read(
        () -> {
          int free = slots + ahead - tasks.size();
          boolean soon = ahead > 0 && tasks.size() >= slots && free < BATCH;
          return mode != Heartbeat.Mode.WORKING || free < 0 || soon ? 0 : free;
        });
  }

  /** Whether no further task may be taken, not even one that has already come. */
  boolean isFull() {
    return read(() -> mode != Heartbeat.Mode.WORKING || tasks.size() >= slots + ahead);
  }

  /** Whether tasks are so quick that some are taken ahead. */
  boolean takesAhead() {
    return read(() -> ahead > 0);
  }

  /** How many tasks may lie ready beside those at work. */
  void ahead(int tasksAhead) {
    if (read(() -> ahead) != tasksAhead) {
      changed(() -> ahead = tasksAhead);
    }
  }

  void slots(int wanted) {
    changed(() -> slots = wanted);
  }

  int slots() {
    return read(() -> slots);
  }

  Heartbeat.Mode mode() {
    return read(() -> mode);
  }

  /** Changes the mode; false when it is this one already, or the instance is about to end. */
  boolean mode(Heartbeat.Mode wanted) {
    return changed(
        () -> {
          boolean ends = mode == Heartbeat.Mode.DRAINING || mode == Heartbeat.Mode.STOPPED;
          if (mode == wanted || (ends && wanted != Heartbeat.Mode.STOPPED)) {
            return false;
          }
          mode = wanted;
          return true;
        });
  }

  /** Those at work and those that lie ready; who was told to stop looks up. */
  List<RunningTask> all() {
    return changed(() -> new ArrayList<>(tasks.values()));
  }

  /** Something happened that whoever waits should look at. */
  void signal() {
    changed(() -> signals++);
  }

  /** Waits until there is room, or the instance ends. */
  void awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (room() == 0 && mode != Heartbeat.Mode.STOPPED) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  long signals() {
    return read(() -> signals);
  }

  /** Waits for a signal after {@code seen}, or until the time has passed. */
  void awaitSignal(long seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (signals == seen && nanos > 0 && mode != Heartbeat.Mode.STOPPED) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** After a fault of a service: waits a little, or until something happens. */
  void pause() throws InterruptedException {
    awaitSignal(signals(), AFTER_FAULT);
  }

  /** Waits until no task is in hand; false when the time has passed. */
  boolean awaitEmpty(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(atMost.toMillis());
      while (!tasks.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return tasks.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T changed(Supplier<T> action) {
    lock.lock();
    try {
      T result = action.get();
      slotFree.signalAll();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
