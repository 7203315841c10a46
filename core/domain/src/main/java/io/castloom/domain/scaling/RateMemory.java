package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Arrivals, counted in windows that fade over five minutes, twenty, and so on to a day. The
 * shortest speaks as far as it has seen enough; for the rest the next longer one stands, as a prior
 * does: a burst is believed at once, silence only after long.
 *
 * @param counts arrivals in each window, the shortest first; empty before the first
 * @param seconds how long arrivals have been counted
 */
public record RateMemory(List<Double> counts, double seconds) {
  static final RateMemory NONE = new RateMemory(List.of(), 0);

  private static final double SHORTEST = 300;
  private static final double FACTOR = 4;
  private static final int WINDOWS = 5;

  /** More than so many tasks in a tick, beyond as many times what was expected, are a bunch. */
  private static final double BUNCH = 4;

  /** How many arrivals of the longer window weigh as much as those of the shorter. */
  private static final double PRIOR_EVENTS = 4;

  public RateMemory {
    counts = List.copyOf(counts);
    Rule.learned(counts.isEmpty() || counts.size() == WINDOWS, "windows", counts.size());
    counts.forEach(count -> Rule.learned(count >= 0, "arrivals", count));
    Rule.learned(seconds >= 0, "time", seconds);
  }

  /** A rate and how sure it is. {@code events} is the number of arrivals it rests on. */
  record Estimate(double perSecond, double events) {}

  RateMemory after(double elapsed, int arrivals) {
    List<Double> next =
        new ArrayList<>(counts.isEmpty() ? Collections.nCopies(WINDOWS, 0.0) : counts);
    // a bunch that comes at once is one event of many tasks, not a rate
    double counted = Math.min(arrivals, BUNCH + BUNCH * estimate().perSecond() * elapsed);
    double window = SHORTEST;
    for (int i = 0; i < WINDOWS; i++) {
      next.set(i, next.get(i) * Math.exp(-elapsed / window) + counted);
      window *= FACTOR;
    }
    return new RateMemory(next, seconds + elapsed);
  }

  /** Arrivals a second over the longest window; 0 before the first. */
  double longRate() {
    double window = SHORTEST * Math.pow(FACTOR, WINDOWS - 1);
    return counts.isEmpty() || seconds <= 0
        ? 0
        : counts.getLast() / (window * -Math.expm1(-seconds / window));
  }

  Estimate estimate() {
    if (counts.isEmpty() || seconds <= 0 || counts.getLast() < 1e-3) {
      return new Estimate(0, 0);
    }
    double window = SHORTEST * Math.pow(FACTOR, WINDOWS - 1);
    double rate = longRate();
    double events = counts.getLast();
    for (int i = WINDOWS - 2; i >= 0; i--) {
      window /= FACTOR;
      double seen = window * -Math.expm1(-seconds / window);
      rate = (counts.get(i) + PRIOR_EVENTS) / (seen + PRIOR_EVENTS / rate);
      events = counts.get(i) + PRIOR_EVENTS;
    }
    return new Estimate(rate, events);
  }
}
