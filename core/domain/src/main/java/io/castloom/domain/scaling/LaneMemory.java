package io.castloom.domain.scaling;

/**
 * What one lane has taught.
 *
 * @param debt tasks started late beyond the allowed share (negative: fewer than allowed), fading
 *     over a week
 * @param started tasks started, fading over a week
 * @param fastRate arrivals a second over the last minutes
 * @param slowRate arrivals a second over the last hour
 * @param calendar arrivals by hour of the week
 */
public record LaneMemory(
    double debt, double started, double fastRate, double slowRate, CalendarMemory calendar) {
  static final LaneMemory NONE = new LaneMemory(0, 0, 0, 0, CalendarMemory.NONE);

  LaneMemory withWaits(double nextDebt, double nextStarted) {
    return new LaneMemory(nextDebt, nextStarted, fastRate, slowRate, calendar);
  }

  LaneMemory withArrivals(double fast, double slow, CalendarMemory next) {
    return new LaneMemory(debt, started, fast, slow, next);
  }
}
