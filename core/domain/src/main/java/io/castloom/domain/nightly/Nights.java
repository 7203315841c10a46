package io.castloom.domain.nightly;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the nights of a show begin. A night has the date of its drop time in the show's zone. On the
 * day on which clocks go forward over the drop time it begins as much later; on the day on which
 * they go back, at the first of the two: once in any case.
 */
public final class Nights {
  private Nights() {}

  /**
   * A night that has to be run.
   *
   * @param night its date
   * @param missed how many nights before it were never run and are left out: only the last one
   *     counts
   */
  public record Due(LocalDate night, long missed) {}

  /** When a night begins. */
  public static Instant begins(LocalDate night, LocalTime dropTime, ZoneId zone) {
    return ZonedDateTime.of(night, dropTime, zone).toInstant();
  }

  /** The night that began last. */
  public static LocalDate current(Instant now, LocalTime dropTime, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return begins(today, dropTime, zone).isAfter(now) ? today.minusDays(1) : today;
  }

  /**
   * The night that has to be run now.
   *
   * @param lastRun the last night that was run, or null when none ever was
   * @return null when that is the one that began last
   */
  public static @Nullable Due due(
      Instant now, LocalTime dropTime, ZoneId zone, @Nullable LocalDate lastRun) {
    LocalDate current = current(now, dropTime, zone);
    if (lastRun == null) {
      return new Due(current, 0);
    }
    return current.isAfter(lastRun)
        ? new Due(current, ChronoUnit.DAYS.between(lastRun, current) - 1)
        : null;
  }
}
