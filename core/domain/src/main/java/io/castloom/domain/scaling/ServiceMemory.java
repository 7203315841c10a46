package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long the tasks of one profile take, or how their length compares with its estimate. Robust:
 * the outer tenths count as the deciles beside them.
 *
 * @param recent the last values, oldest first, at most 100
 * @param mean winsorized mean of the same
 * @param sigma spread of their logarithm
 */
public record ServiceMemory(List<Double> recent, double mean, double sigma) {
  private static final int KEPT = 100;
  private static final double PRIOR_WEIGHT = 3;

  public ServiceMemory {
    recent = List.copyOf(recent);
    recent.forEach(value -> Rule.learned(value > 0, "a service", value));
    Rule.learned(mean > 0, "a mean service", mean);
    Rule.learned(sigma >= 0, "a spread", sigma);
  }

  /** Nothing seen yet: a belief. */
  static ServiceMemory believed(double mean, double sigma) {
    return new ServiceMemory(List.of(), mean, sigma);
  }

  /** After one more; {@code prior} is what had been believed before the first. */
  ServiceMemory after(double value, ServiceMemory prior) {
    List<Double> next = new ArrayList<>(recent);
    next.add(Math.max(1e-3, value));
    if (next.size() > KEPT) {
      next.removeFirst();
    }
    List<Double> sorted = new ArrayList<>(next);
    Collections.sort(sorted);
    int n = sorted.size();
    double sum = winsorized(sorted);
    double spread =
        n < 5 ? prior.sigma : Math.log(sorted.get(n - 1 - n / 10) / sorted.get(n / 10)) / 2.563;
    double weight = n / (n + PRIOR_WEIGHT);
    return new ServiceMemory(
        next,
        weight * (sum / n) + (1 - weight) * prior.mean,
        weight * spread + (1 - weight) * prior.sigma);
  }

  /** The sum of the last values, robust, without what had been believed. */
  double seen() {
    List<Double> sorted = new ArrayList<>(recent);
    Collections.sort(sorted);
    return sorted.isEmpty() ? 0 : winsorized(sorted);
  }

  private static double winsorized(List<Double> sorted) {
    int n = sorted.size();
    int cut = n / 20;
    double low = sorted.get(cut);
    double high = sorted.get(n - 1 - cut);
    double sum = 0;
    for (double v : sorted) {
      sum += Math.clamp(v, low, high);
    }
    return sum;
  }

  LogNormal law() {
    return LogNormal.ofMean(mean, Math.max(0.05, sigma));
  }
}
