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

/**
 * The tasks in an instance's hands, its slots, and its mode. Everything waits here for its turn:
 * the fetching for room, a task for a slot, a drain for the last task.
 */
final class Hands {

  /** A request brings ten messages at most (SQS's limit). */
  private static final int BATCH = 10;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
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
    return locked(
        () -> {
          RunningTask before = tasks.putIfAbsent(run.task().id(), run);
          if (before != null) {
            before.adopt(run);
          }
          return before == null;
        });
  }

  /** A task was dealt with. */
  void drop(RunningTask run) {
    locked(() -> tasks.remove(run.task().id(), run));
  }

  /** Waits for a slot; a task that is told to stop waits no longer. */
  void enterSlot(RunningTask run) {
    lock.lock();
    try {
      while (working >= slots && !run.stopping()) {
        changed.awaitUninterruptibly();
      }
      working++;
    } finally {
      lock.unlock();
    }
  }

  void leaveSlot() {
    locked(() -> working--);
  }

  /**
   * How many more tasks may be taken: free slots, and some ahead when tasks are very quick, but
   * then not fewer than fill a request.
   */
  int room() {
    return locked(
        () -> {
          int free = slots + ahead - tasks.size();
          boolean soon = ahead > 0 && tasks.size() >= slots && free < BATCH;
          return mode != Heartbeat.Mode.WORKING || free < 0 || soon ? 0 : free;
        });
  }

  /** Whether no further task may be taken, not even one that has already come. */
  boolean isFull() {
    return locked(() -> mode != Heartbeat.Mode.WORKING || tasks.size() >= slots + ahead);
  }

  /** Whether tasks are so quick that some are taken ahead. */
  boolean takesAhead() {
    return locked(() -> ahead > 0);
  }

  /** How many tasks may lie ready beside those at work. */
  void ahead(int tasksAhead) {
    locked(() -> ahead = tasksAhead);
  }

  void slots(int wanted) {
    locked(() -> slots = wanted);
  }

  int slots() {
    return locked(() -> slots);
  }

  Heartbeat.Mode mode() {
    return locked(() -> mode);
  }

  /** Changes the mode; false when it is this one already, or the instance is about to end. */
  boolean mode(Heartbeat.Mode wanted) {
    return locked(
        () -> {
          boolean ends = mode == Heartbeat.Mode.DRAINING || mode == Heartbeat.Mode.STOPPED;
          if (mode == wanted || (ends && wanted != Heartbeat.Mode.STOPPED)) {
            return false;
          }
          mode = wanted;
          return true;
        });
  }

  List<RunningTask> all() {
    return locked(() -> new ArrayList<>(tasks.values()));
  }

  /** Something happened that whoever waits should look at. */
  void signal() {
    locked(() -> signals++);
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
    return locked(() -> signals);
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

  private <T> T locked(java.util.function.Supplier<T> action) {
    lock.lock();
    try {
      T result = action.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
