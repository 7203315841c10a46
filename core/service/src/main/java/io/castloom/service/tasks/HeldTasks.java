package io.castloom.service.tasks;

import io.castloom.domain.job.WorkClass;
import io.castloom.service.jobs.Dispatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which queues have run dry, and sends messages of tasks of such a class that are held back
 * in the backlog: the leader does so on each of its ticks, but an instance that finds a queue empty
 * must not turn to less urgent work while more urgent work only waits for its message. One thread
 * releases.
 */
final class HeldTasks {

  /** A listing of the backlog is a request; where nothing was held, none is made for so long. */
  private static final Duration AFTER_NONE = Duration.ofSeconds(1);

  /** So long a queue that ran dry is not asked again: what an urgent task may come later by. */
  private static final Duration DRY_FOR = Duration.ofMillis(100);

  private final Dispatcher dispatcher;
  private final Runnable settle;
  private final InstantSource clock;
  private final Map<WorkClass, Instant> noneAt = new HashMap<>();
  private final Map<WorkClass, Instant> dryAt = new ConcurrentHashMap<>();

  /**
   * @param settle has what was started leave the backlog, where it would else keep the window shut
   */
  HeldTasks(Dispatcher dispatcher, Runnable settle, InstantSource clock) {
    this.dispatcher = dispatcher;
    this.settle = settle;
    this.clock = clock;
  }

  /** Neither the queue of a class had anything, nor was anything held. */
  void ranDry(WorkClass workClass) {
    dryAt.put(workClass, clock.instant());
  }

  /** A message of the class has come. */
  void filled(WorkClass workClass) {
    dryAt.remove(workClass);
  }

  /**
   * Whether the queue of a class ran dry a moment ago. While tasks are so quick that requests set
   * the pace, each answer "empty" of a more urgent class costs as much as one that brings ten.
   */
  boolean isDry(WorkClass workClass) {
    Instant dry = dryAt.get(workClass);
    return dry != null && clock.instant().isBefore(dry.plus(DRY_FOR));
  }

  /**
   * Sends as many as can be taken.
   *
   * @return how many were sent
   */
  int release(WorkClass workClass, int atMost) throws IOException {
    Instant now = clock.instant();
    Instant none = noneAt.get(workClass);
    if (none != null && now.isBefore(none.plus(AFTER_NONE))) {
      return 0;
    }
    settle.run();
    int sent = dispatcher.releaseHeld(workClass, atMost);
    if (sent == 0) {
      noneAt.put(workClass, now);
    }
    return sent;
  }
}
