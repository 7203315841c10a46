package io.castloom.local.fleet;

import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.local.instance.ChildProcess;
import io.castloom.local.instance.MetadataServer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One instance: its place in its life, its process, its metadata. Safe for several threads. */
final class ProcessInstance {

  private final Instance launched;
  private final MetadataServer metadata;
  private InstanceState state = InstanceState.PENDING;
  private @Nullable ChildProcess process;
  private @Nullable Instant goneAt;

  ProcessInstance(Instance launched, MetadataServer metadata) {
    this.launched = launched;
    this.metadata = metadata;
  }

  synchronized Instance now() {
    return new Instance(
        launched.id(),
        launched.kind(),
        state,
        launched.market(),
        launched.type(),
        launched.launchedAt(),
        launched.tags());
  }

  synchronized boolean living() {
    return state == InstanceState.PENDING || state == InstanceState.RUNNING;
  }

  synchronized boolean goneBefore(Instant bound) {
    return goneAt != null && goneAt.isBefore(bound);
  }

  MetadataServer metadata() {
    return metadata;
  }

  /** It has booted; false when it was ended before, and its process is not wanted any more. */
  synchronized boolean running(ChildProcess started) {
    process = started;
    if (state != InstanceState.PENDING) {
      return false;
    }
    state = InstanceState.RUNNING;
    return true;
  }

  synchronized boolean pending() {
    return state == InstanceState.PENDING;
  }

  synchronized void stop(Duration patience, Instant now) {
    if (!living()) {
      return;
    }
    ChildProcess running = process;
    if (running == null) {
      gone(now);
    } else {
      state = InstanceState.STOPPING;
      running.stop(patience);
    }
  }

  synchronized void kill() {
    if (process != null) {
      process.kill();
    }
  }

  synchronized void gone(Instant now) {
    if (state != InstanceState.GONE) {
      state = InstanceState.GONE;
      goneAt = now;
      metadata.close();
      notifyAll();
    }
  }

  /** Waits until it is gone or the time is over; gives up when interrupted. */
  synchronized void awaitGone(long deadlineNanos) {
    long left = deadlineNanos - System.nanoTime();
    while (state != InstanceState.GONE && left > 0) {
      try {
        wait(Math.max(1, left / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      left = deadlineNanos - System.nanoTime();
    }
  }
}
