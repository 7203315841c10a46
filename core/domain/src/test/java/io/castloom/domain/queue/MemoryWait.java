package io.castloom.domain.queue;

import io.castloom.domain.ManualClock;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;

/** The patience of one receive. */
final class MemoryWait {

  private static final Duration UNDER_MANUAL_CLOCK = Duration.ofMillis(10);

  private final long deadlineNanos;

  MemoryWait(InstantSource clock, Duration wait) {
    Duration real =
        clock instanceof ManualClock && wait.compareTo(UNDER_MANUAL_CLOCK) > 0
            ? UNDER_MANUAL_CLOCK
            : wait;
    deadlineNanos = System.nanoTime() + real.toNanos();
  }

  boolean over() {
    return deadlineNanos - System.nanoTime() <= 0;
  }

  /** Waits, with the monitor in hand, for a change or a moment in which a delay may have passed. */
  @SuppressWarnings("WaitNotInLoop") // the caller's loop looks again
  void waitOn(Object monitor) throws InterruptedIOException {
    long millis = Math.clamp((deadlineNanos - System.nanoTime()) / 1_000_000, 1, 20);
    try {
      monitor.wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a message");
    }
  }
}
