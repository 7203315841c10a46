package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Capacity that stands by the clock, whatever the queue says: {@code "50 1 * * *"} in Europe/Berlin
 * for 1 h keeps {@code minInstances} from 01:50 to 02:50, summer and winter.
 *
 * @param kind which instances
 * @param cron minute hour day-of-month month day-of-week; a skipped time fires later by the gap, a
 *     repeated one once
 * @param zone the zone of the wall clock
 * @param length how long after each firing, 1 minute to 7 days
 * @param minInstances how many are kept, at least 1; they are launched one boot ahead
 */
public record Schedule(WorkKind kind, String cron, ZoneId zone, Duration length, int minInstances) {
  public Schedule {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(zone, "zone");
    Cron.parse(cron);
    Rule.require(
        length.compareTo(Duration.ofMinutes(1)) >= 0 && length.compareTo(Duration.ofDays(7)) <= 0,
        "schedule",
        Durations.text(length),
        "lasts 1m to 7d");
    Rule.require(minInstances >= 1, "schedule", minInstances, "keeps at least 1 instance");
  }

  /** Whether it stands at this instant, or will within {@code ahead}. */
  boolean stands(Instant at, Duration ahead) {
    Instant until = at.plus(ahead);
    Instant firing = Cron.parse(cron).lastFiring(until, zone, length.plus(ahead));
    return firing != null && firing.plus(length).isAfter(at);
  }
}
