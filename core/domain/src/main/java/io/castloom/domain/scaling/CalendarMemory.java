package io.castloom.domain.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Arrivals by hour of the week (UTC), and whether knowing them has helped. At the end of each hour
 * two forecasts of it are judged: the calendar's, and that the hour will be as the one before. The
 * calendar is used only while its error has lately been the smaller.
 *
 * @param mean expected arrivals of each of the 168 hours, Monday 00:00 UTC first
 * @param weeks how many weeks each has been seen, older ones fading
 * @param hour the present hour, counted from the epoch; negative before the first
 * @param arrivals of the present hour so far
 * @param lastArrivals of the hour before
 * @param errorCalendar mean absolute error of the calendar, fading over two days
 * @param errorNone the same of no calendar
 */
public record CalendarMemory(
    List<Double> mean,
    List<Double> weeks,
    long hour,
    double arrivals,
    double lastArrivals,
    double errorCalendar,
    double errorNone) {
  static final int HOURS = 168;
  static final CalendarMemory NONE =
      new CalendarMemory(
          Collections.nCopies(HOURS, 0.0), Collections.nCopies(HOURS, 0.0), -1, 0, 0, 0, 0);

  private static final double FADE = 1 - 1.0 / 48;

  public CalendarMemory {
    mean = List.copyOf(mean);
    weeks = List.copyOf(weeks);
    Rule.learned(mean.size() == HOURS && weeks.size() == HOURS, "hours", mean.size());
    mean.forEach(usual -> Rule.learned(usual >= 0, "arrivals", usual));
    weeks.forEach(seen -> Rule.learned(seen >= 0, "weeks", seen));
  }

  /** After {@code count} arrivals up to {@code at}. */
  CalendarMemory after(Instant at, double count) {
    long now = Math.floorDiv(at.getEpochSecond(), 3600L);
    if (hour < 0) {
      return new CalendarMemory(mean, weeks, now, count, 0, errorCalendar, errorNone);
    }
    if (now == hour) {
      return count == 0
          ? this
          : new CalendarMemory(
              mean, weeks, hour, arrivals + count, lastArrivals, errorCalendar, errorNone);
    }
    return closed().with(now, count, now == hour + 1 ? arrivals : 0);
  }

  private CalendarMemory with(long now, double count, double last) {
    return new CalendarMemory(mean, weeks, now, count, last, errorCalendar, errorNone);
  }

  private CalendarMemory closed() {
    int slot = slot(hour);
    double seen = weeks.get(slot);
    List<Double> nextMean = new ArrayList<>(mean);
    List<Double> nextWeeks = new ArrayList<>(weeks);
    nextMean.set(slot, (mean.get(slot) * seen + arrivals) / (seen + 1));
    nextWeeks.set(slot, Math.min(3, seen + 1));
    if (seen == 0) {
      return new CalendarMemory(
          nextMean, nextWeeks, hour, arrivals, lastArrivals, errorCalendar, errorNone);
    }
    double calendar = errorCalendar * FADE + Math.abs(arrivals - mean.get(slot)) * (1 - FADE);
    double none = errorNone * FADE + Math.abs(arrivals - lastArrivals) * (1 - FADE);
    return new CalendarMemory(nextMean, nextWeeks, hour, arrivals, lastArrivals, calendar, none);
  }

  /** Whether it has beaten no calendar on the recent past. */
  boolean trusted() {
    return errorNone > 0 && errorCalendar < errorNone;
  }

  /** Expected arrivals a second at {@code at}; 0 when that hour was never seen. */
  double rate(Instant at) {
    return mean.get(slot(Math.floorDiv(at.getEpochSecond(), 3600L))) / 3600;
  }

  private static int slot(long hour) {
    // the epoch was a Thursday: three days after a Monday
    return (int) Math.floorMod(hour + 72, (long) HOURS);
  }
}
