package io.castloom.service.tasks;

import io.castloom.domain.job.WorkClass;
import io.castloom.service.jobs.Dispatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends messages of tasks that are held back in the backlog when their queue has run dry: the
 * leader does so on each of its ticks, but an instance that finds a queue empty must not turn to
 * less urgent work while more urgent work only waits for its message. One thread.
 */
final class HeldTasks {

  /** A listing of the backlog is a request; where nothing was held, none is made for so long. */
  private static final Duration AFTER_NONE = Duration.ofSeconds(1);

  private final Dispatcher dispatcher;
  private final Runnable settle;
  private final InstantSource clock;
  private final Map<WorkClass, Instant> noneAt = new HashMap<>();

  /**
   * @param settle has what was started leave the backlog, where it would else keep the window shut
   */
  HeldTasks(Dispatcher dispatcher, Runnable settle, InstantSource clock) {
    this.dispatcher = dispatcher;
    this.settle = settle;
    this.clock = clock;
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
