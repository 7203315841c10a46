package io.castloom.domain.scaling;

import java.util.EnumMap;
import java.util.Map;

/**
 * What no decision may exceed.
 *
 * @param minInstances kept of each kind, whatever the queue says; 0 for a kind that is absent
 * @param maxInstances of all kinds together, pending and draining ones included, guests not; at
 *     least 1
 * @param maxLaunchPerTick launches in one decision; at least 1
 * @param hourlyBudgetUsd what an hour of the whole fleet may cost at the prices of the instance
 *     types; above 0
 */
public record Limits(
    Map<WorkKind, Integer> minInstances,
    int maxInstances,
    int maxLaunchPerTick,
    double hourlyBudgetUsd) {
  public Limits {
    Map<WorkKind, Integer> mins = new EnumMap<>(WorkKind.class);
    mins.putAll(minInstances);
    mins.values().removeIf(min -> min == 0);
    minInstances = Map.copyOf(mins);
    Rule.require(
        maxInstances >= 1 && maxInstances <= 10_000, "maxInstances", maxInstances, "is 1 to 10000");
    Rule.require(maxLaunchPerTick >= 1, "maxLaunchPerTick", maxLaunchPerTick, "is at least 1");
    Rule.require(hourlyBudgetUsd > 0, "hourlyBudgetUsd", hourlyBudgetUsd, "is above 0");
    int sum = 0;
    for (Map.Entry<WorkKind, Integer> min : minInstances.entrySet()) {
      Rule.require(min.getValue() >= 0, "minInstances", min.getValue(), "is at least 0");
      sum += min.getValue();
    }
    Rule.require(
        sum <= maxInstances,
        "minInstances",
        sum,
        "is together at most maxInstances (" + maxInstances + ")");
  }

  /** The minimum of one kind. */
  public int min(WorkKind kind) {
    return minInstances.getOrDefault(kind, 0);
  }

  Limits withMin(WorkKind kind, int min) {
    Map<WorkKind, Integer> mins = new EnumMap<>(WorkKind.class);
    mins.putAll(minInstances);
    mins.put(kind, min);
    return new Limits(mins, maxInstances, maxLaunchPerTick, hourlyBudgetUsd);
  }

  Limits withMaxInstances(int max) {
    return new Limits(minInstances, max, maxLaunchPerTick, hourlyBudgetUsd);
  }

  Limits withMaxLaunchPerTick(int max) {
    return new Limits(minInstances, maxInstances, max, hourlyBudgetUsd);
  }

  Limits withHourlyBudgetUsd(double budget) {
    return new Limits(minInstances, maxInstances, maxLaunchPerTick, budget);
  }
}
