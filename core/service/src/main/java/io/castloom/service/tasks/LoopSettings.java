package io.castloom.service.tasks;

import io.castloom.domain.job.TaskKind;
import io.castloom.service.settings.SettingsReader;
import java.time.Duration;

/**
 * How a loop works.
 *
 * @param slots tasks at once, 1 to 64
 * @param maxFailures after so many real failures a task goes to the dead-letter queue
 * @param visibility how long a lease holds without renewal
 * @param renewEvery about how often a lease is renewed
 * @param stopGrace how long tasks may go on after a signal, before they are handed back
 * @param pollWait how long an idle instance waits in one request for messages, at most 20 s (SQS's
 *     limit); a stop takes up to that long, because a request that is broken off may hide a message
 * @param heartbeatEvery how often the instance tells that it lives
 * @param lonelyLife an idle instance that has not seen a leading autoscaler for this long ends
 *     itself; zero for never
 */
public record LoopSettings(
    TaskKind kind,
    int slots,
    int maxFailures,
    Duration visibility,
    Duration renewEvery,
    Duration stopGrace,
    Duration pollWait,
    Duration heartbeatEvery,
    Duration lonelyLife) {

  /** The longest time that a message waits between two tries of its task. */
  public static final Duration MAX_BACKOFF = Duration.ofSeconds(80);

  /** A lease that ends within this is not trusted: clocks and networks have their delays. */
  static final Duration MARGIN = Duration.ofSeconds(10);

  /** Below this a renewal that comes late by its jitter alone would find a lease in doubt. */
  static final Duration SHORTEST_LEASE = MARGIN.multipliedBy(2);

  public LoopSettings {
    if (visibility.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException(
          "a lease of %s is too short: its last %s are not trusted; at least %s"
              .formatted(visibility, MARGIN, SHORTEST_LEASE));
    }
    if (slots < 1 || slots > 64) {
      throw new IllegalArgumentException("slots out of 1..64: " + slots);
    }
    if (renewEvery.multipliedBy(2).compareTo(visibility) > 0) {
      throw new IllegalArgumentException(
          "a lease of " + visibility + " must be renewed at least twice in that time");
    }
  }

  /** The defaults for a kind. */
  public static LoopSettings of(TaskKind kind, int slots) {
    return new LoopSettings(
        kind,
        slots,
        4,
        Duration.ofMinutes(2),
        Duration.ofSeconds(40),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ZERO);
  }

  /**
   * Reads {@code <section>.slots}, {@code .visibility}, {@code .maxFailures}, {@code .stopGrace},
   * {@code .pollWait}, {@code .heartbeatEvery} and {@code .lonelyLife}.
   *
   * @param slots the default: as a rule the number of cores
   */
  public static LoopSettings from(SettingsReader reader, String section, TaskKind kind, int slots) {
    LoopSettings usual = of(kind, slots);
    Duration day = Duration.ofDays(1);
    Duration visibility =
        reader.duration(
            section + ".visibility",
            usual.visibility(),
            SHORTEST_LEASE,
            Duration.ofHours(12),
            "how long a lease holds without renewal; renewed at a third of it; its last 10 s are"
                + " not trusted");
    return new LoopSettings(
        kind,
        reader.integer(section + ".slots", slots, 1, 64, "tasks at once"),
        reader.integer(
            section + ".maxFailures",
            usual.maxFailures(),
            1,
            20,
            "real failures until a task is given up"),
        visibility,
        visibility.dividedBy(3),
        reader.duration(
            section + ".stopGrace",
            usual.stopGrace(),
            Duration.ZERO,
            Duration.ofSeconds(60),
            "how long tasks may go on after a signal"),
        reader.duration(
            section + ".pollWait",
            usual.pollWait(),
            Duration.ZERO,
            Duration.ofSeconds(20),
            "how long an idle instance waits in one request for messages"),
        reader.duration(
            section + ".heartbeatEvery",
            usual.heartbeatEvery(),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            "how often the instance tells that it lives"),
        reader.duration(
            section + ".lonelyLife",
            usual.lonelyLife(),
            Duration.ZERO,
            day,
            "an idle instance without an autoscaler ends after this; 0 for never"));
  }

  /** How long a task waits after its n-th failure, from 1: 5 s, 20 s, 80 s. */
  static Duration backoff(int failures) {
    Duration grown = Duration.ofSeconds(5).multipliedBy(1L << Math.min(10, 2 * (failures - 1)));
    return grown.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : grown;
  }
}
