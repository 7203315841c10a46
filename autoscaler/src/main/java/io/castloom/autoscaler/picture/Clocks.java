package io.castloom.autoscaler.picture;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far instances' clocks are from the queue's, and their heartbeats with times put right. A
 * message is stamped by the queue a moment after the instance has stamped it, so the greatest of
 * the last differences is the nearest to the truth: a send that was repeated only makes a clock
 * look slow. AWS itself refuses requests whose time is 15 minutes off (5 for EC2).
 */
public final class Clocks {

  /** What is not more than this may be the way of the message. */
  static final Duration TOLERATED = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Clocks.class);
  private static final int LAST = 4;

  /** The last differences of an instance's clock, ahead of the queue's. */
  private record Lately(Deque<Duration> ahead, Instant heardAt) {
    Duration skew() {
      return Collections.max(ahead);
    }
  }

  private final Map<InstanceId, Lately> known = new HashMap<>();

  /**
   * A heartbeat whose times are those of the queue's clock.
   *
   * @param sentAt by the queue's clock
   */
  public Heartbeat righted(Heartbeat beat, Instant sentAt) {
    Lately before = known.get(beat.instance());
    Deque<Duration> ahead = before == null ? new ArrayDeque<>() : before.ahead();
    Duration past = ahead.isEmpty() ? Duration.ZERO : Collections.max(ahead);
    ahead.addLast(Duration.between(sentAt, beat.at()));
    if (ahead.size() > LAST) {
      ahead.removeFirst();
    }
    Lately now = new Lately(ahead, sentAt);
    known.put(beat.instance(), now);
    Duration skew = now.skew();
    if (tolerated(skew)) {
      return beat;
    }
    if (tolerated(past)) {
      LOG.warn(
          "the clock of {} is {} s {}; its times are put right. Let chrony or systemd-timesyncd run there",
          beat.instance(),
          skew.abs().toSeconds(),
          skew.isNegative() ? "behind" : "ahead");
    }
    return shifted(beat, skew.negated());
  }

  private static boolean tolerated(Duration skew) {
    return skew.abs().compareTo(TOLERATED) <= 0;
  }

  private static Heartbeat shifted(Heartbeat beat, Duration by) {
    return new Heartbeat(
        beat.instance(),
        beat.kind(),
        beat.mode(),
        beat.slots(),
        beat.at().plus(by),
        beat.startedAt().plus(by),
        beat.encoder(),
        beat.running().stream()
            .map(
                it ->
                    new Heartbeat.Running(
                        it.task(),
                        it.workClass(),
                        it.account(),
                        it.since().plus(by),
                        it.estimate(),
                        it.progress()))
            .toList(),
        beat.done().stream()
            .map(
                it ->
                    new Heartbeat.Done(
                        it.task(),
                        it.workClass(),
                        it.account(),
                        it.enqueuedAt(), // by the clock of whoever sent the task
                        it.startedAt().plus(by),
                        it.endedAt().plus(by),
                        it.estimate(),
                        it.show(),
                        it.produced()))
            .toList(),
        beat.acknowledged());
  }

  /** The greatest difference of those that were heard lately, never negative. */
  public Duration greatest(Instant now) {
    known.values().removeIf(it -> now.isAfter(it.heardAt().plus(KnownInstance.SILENT)));
    return known.values().stream()
        .map(it -> it.skew().abs())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
