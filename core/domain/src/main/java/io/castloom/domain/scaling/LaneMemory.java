package io.castloom.domain.scaling;

import java.util.Objects;

/**
 * What one lane has taught.
 *
 * @param debt tasks started late beyond the allowed share (negative: fewer than allowed), fading
 *     over a week
 * @param started tasks started, fading over a week
 * @param arrivals how often tasks come
 * @param calendar arrivals by hour of the week
 */
public record LaneMemory(
    double debt, double started, RateMemory arrivals, CalendarMemory calendar) {
  public LaneMemory {
    Objects.requireNonNull(arrivals);
    Objects.requireNonNull(calendar);
    Rule.learned(Double.isFinite(debt), "late tasks", debt);
    Rule.learned(started >= 0, "started tasks", started);
  }

  static final LaneMemory NONE = new LaneMemory(0, 0, RateMemory.NONE, CalendarMemory.NONE);
}
