package io.castloom.service.tasks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers things for a moment and deals with them in one call, because ten deletes in one request
 * cost and take as long as one. A call that fails is made again at once, {@link #TRIES} times in
 * all; then it is logged: nothing here is the only copy of anything. Once the things were tried so
 * often, a fault is an outage, and the healers are there for those.
 */
final class Batch<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
  private static final int TRIES = 3;
  private static final long MAX_PENDING_FACTOR = 20;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final int enough;
  private final Duration linger;
  private final Call<T> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<T> gathered = new ArrayList<>();
  private boolean closed;
  private long added;
  private long done;
  private @Nullable Thread thread;

  /** Deals with some of the things. */
  @FunctionalInterface
  interface Call<T> {
    void on(List<T> things) throws IOException;
  }

  /**
   * @param enough so many are dealt with without waiting for more
   * @param linger how long the first of some waits for others
   */
  Batch(String name, int enough, Duration linger, Call<T> call) {
    this.name = name;
    this.enough = enough;
    this.linger = linger;
    this.call = call;
  }

  void start() {
    thread = Thread.ofVirtual().name(name).start(this::work);
  }

  /** Gives the thing's number, for {@link #await}. */
  long add(T thing) {
    lock.lock();
    try {
      gathered.add(thing);
      added++;
      long number = added;
      changed.signalAll();
      while (thread != null && !closed && gathered.size() > enough * MAX_PENDING_FACTOR) {
        changed.awaitUninterruptibly(); // the callers are faster than the service
      }
      return number;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a thing was dealt with, well or not. */
  void await(long number) {
    if (thread == null) {
      flush();
    }
    lock.lock();
    try {
      while (done < number) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Deals with what is there, in the caller's thread. */
  void flush() {
    List<T> things = take();
    if (things.isEmpty()) {
      return;
    }
    try {
      for (int left = TRIES - 1; !tried(things, left); left--) {
        LOG.debug("{} of {} is tried again", name, things.size());
      }
    } finally {
      dealtWith(things.size());
    }
  }

  /** Whether there is nothing more to do. */
  private boolean tried(List<T> things, int left) {
    try {
      call.on(things);
      return true;
    } catch (IOException | RuntimeException e) {
      if (left == 0) {
        LOG.warn("{} of {} failed; it is healed later", name, things.size(), e);
      }
      return left == 0;
    }
  }

  /** Returns when all that was added so far was dealt with. */
  void settle() {
    long all;
    lock.lock();
    try {
      all = added;
    } finally {
      lock.unlock();
    }
    await(all);
  }

  private void dealtWith(int things) {
    lock.lock();
    try {
      done += things;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<T> take() {
    lock.lock();
    try {
      List<T> things = gathered;
      gathered = new ArrayList<>();
      changed.signalAll();
      return things;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    while (awaitSome()) {
      flush();
    }
  }

  /** False when closed and empty. */
  private boolean awaitSome() {
    lock.lock();
    try {
      while (gathered.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      long nanos = linger.toNanos();
      while (gathered.size() < enough && !closed && nanos > 0) {
        try {
          nanos = changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
      return !gathered.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Deals with the rest. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      Thread worker = thread;
      if (worker != null && !worker.join(CLOSE_PATIENCE)) {
        LOG.warn("{} did not end in time", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flush();
  }
}
