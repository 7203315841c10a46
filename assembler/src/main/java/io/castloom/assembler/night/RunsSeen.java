package io.castloom.assembler.night;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this assembler saw of the runs of nights, so that those at which nothing changes are not
 * read at every look, every ten seconds: with a thousand shows that would be five thousand requests
 * each time. A run that ended changes only by an order, which whoever takes it sees through; should
 * that one die, the run is looked at again soon enough. Thread-safe.
 */
final class RunsSeen {

  /** As long as a run that was begun and left is given anyhow. */
  private static final Duration ENDED = NightDesk.ABANDONED;

  private static final Duration ABSENT = Duration.ofMinutes(1);

  private final Map<String, Sight> sights = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile Instant forgotAt = Instant.EPOCH;

  private record Sight(boolean ended, Instant until) {}

  RunsSeen(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes what was read under a key. */
  void saw(String key, Optional<NightRun> run) {
    Instant now = clock.instant();
    if (now.isAfter(forgotAt.plus(ABSENT))) {
      forgotAt = now;
      sights.values().removeIf(sight -> !sight.until().isAfter(now));
    }
    if (run.isEmpty()) {
      sights.put(key, new Sight(false, now.plus(ABSENT)));
    } else if (run.get().state() == NightRun.State.FINISHED) {
      sights.put(key, new Sight(true, now.plus(ENDED)));
    } else {
      sights.remove(key);
    }
  }

  /** It was changed by this assembler. */
  void changed(String key) {
    sights.remove(key);
  }

  /** Whether it had ended a short while ago, so that it need not be ordered. */
  boolean ended(String key) {
    Sight sight = sights.get(key);
    return sight != null && sight.ended() && sight.until().isAfter(clock.instant());
  }

  /** Whether there was nothing to finish a short while ago. */
  boolean idle(String key) {
    Sight sight = sights.get(key);
    return sight != null && sight.until().isAfter(clock.instant());
  }
}
