package io.castloom.domain.scaling;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the operator wants. One set of defaults is meant to fit everybody; only the budget must be
 * given.
 *
 * @param targetWait longest wait of each class, met by {@code waitPercentile} of its tasks; above
 *     the tick
 * @param waitPercentile share of tasks that must start in time, 0.5 to 0.999
 * @param limits what no decision may exceed
 * @param tuning rhythm and first beliefs
 * @param spotShare share of the instances launched for a class that may be spot, 0 to 1
 * @param types machines to launch, at least one
 * @param schedules capacity kept at certain hours
 * @param pause what an operator has stopped
 * @param storeUsdPerThousandRequests the price of 1,000 writing calls of the store, 0 to 1 US
 *     dollar; it stands with the machines' prices, is noted with each day's account, and decides
 *     nothing
 */
public record ScalingSettings(
    Map<WorkClass, Duration> targetWait,
    double waitPercentile,
    Limits limits,
    Tuning tuning,
    Map<WorkClass, Double> spotShare,
    List<InstanceType> types,
    List<Schedule> schedules,
    Pause pause,
    double storeUsdPerThousandRequests) {
  /** S3 Standard's list price of 1,000 PUT, COPY, POST or LIST requests in us-east-1, 2026. */
  public static final double STORE_LIST_PRICE = 0.005;

  public ScalingSettings {
    targetWait = Map.copyOf(targetWait);
    Map<WorkClass, Double> shares = new EnumMap<>(WorkClass.class);
    shares.putAll(spotShare);
    shares.values().removeIf(share -> share == 0);
    spotShare = Map.copyOf(shares);
    types = List.copyOf(types);
    schedules = List.copyOf(schedules);
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(pause, "pause");
    for (WorkClass workClass : WorkClass.values()) {
      String name = "targetWait." + key(workClass);
      Duration target = targetWait.get(workClass);
      Rule.require(target != null, name, "absent", "must be given");
      Rule.require(
          Objects.requireNonNull(target).compareTo(tuning.tick()) > 0,
          name,
          Durations.text(target),
          "is above the tick (" + Durations.text(tuning.tick()) + ")");
      double share = spotShare.getOrDefault(workClass, 0.0);
      Rule.require(share >= 0 && share <= 1, "spotShare." + key(workClass), share, "is 0 to 1");
    }
    Rule.require(
        waitPercentile >= 0.5 && waitPercentile <= 0.999,
        "waitPercentile",
        waitPercentile,
        "is 0.5 to 0.999");
    Rule.require(!types.isEmpty(), "types", "none", "names at least one instance type");
    Rule.require(
        types.stream().map(InstanceType::name).distinct().count() == types.size(),
        "types",
        types,
        "names each instance type once");
    Rule.require(
        storeUsdPerThousandRequests >= 0 && storeUsdPerThousandRequests <= 1,
        "storeUsdPerThousandRequests",
        storeUsdPerThousandRequests,
        "is 0 to 1 US dollar for 1000 requests");
  }

  /** The defaults, for one machine type and a budget. */
  public static ScalingSettings defaults(InstanceType type, double hourlyBudgetUsd) {
    Map<WorkClass, Duration> target = new EnumMap<>(WorkClass.class);
    target.put(WorkClass.HIGH, Duration.ofMinutes(1));
    target.put(WorkClass.NORMAL, Duration.ofMinutes(5));
    target.put(WorkClass.BULK, Duration.ofHours(1));
    return new ScalingSettings(
        target,
        0.95,
        new Limits(Map.of(), 20, 10, hourlyBudgetUsd),
        Tuning.DEFAULT,
        Map.of(WorkClass.BULK, 0.9),
        List.of(type),
        List.of(),
        Pause.NONE,
        STORE_LIST_PRICE);
  }

  /** The target of a class. */
  public Duration target(WorkClass workClass) {
    return Objects.requireNonNull(targetWait.get(workClass));
  }

  /** The same, with one target changed. */
  public ScalingSettings withTarget(WorkClass workClass, Duration target) {
    Map<WorkClass, Duration> targets = new EnumMap<>(targetWait);
    targets.put(workClass, target);
    return copy(targets, limits, tuning, types, schedules, pause, storeUsdPerThousandRequests);
  }

  /** The same, with other limits. */
  public ScalingSettings withLimits(Limits other) {
    return copy(targetWait, other, tuning, types, schedules, pause, storeUsdPerThousandRequests);
  }

  /** The same, with another rhythm and other first beliefs. */
  public ScalingSettings withTuning(Tuning other) {
    return copy(targetWait, limits, other, types, schedules, pause, storeUsdPerThousandRequests);
  }

  /** The same, with another pause. */
  public ScalingSettings withPause(Pause other) {
    return copy(targetWait, limits, tuning, types, schedules, other, storeUsdPerThousandRequests);
  }

  /** The same, with other schedules. */
  public ScalingSettings withSchedules(List<Schedule> other) {
    return copy(targetWait, limits, tuning, types, other, pause, storeUsdPerThousandRequests);
  }

  /** The same, with other machine types. */
  public ScalingSettings withTypes(List<InstanceType> other) {
    return copy(targetWait, limits, tuning, other, schedules, pause, storeUsdPerThousandRequests);
  }

  /** The same, with another price of the store's calls. */
  public ScalingSettings withStoreUsdPerThousandRequests(double other) {
    return copy(targetWait, limits, tuning, types, schedules, pause, other);
  }

  private ScalingSettings copy(
      Map<WorkClass, Duration> targets,
      Limits limits,
      Tuning tuning,
      List<InstanceType> types,
      List<Schedule> schedules,
      Pause pause,
      double storePrice) {
    return new ScalingSettings(
        targets, waitPercentile, limits, tuning, spotShare, types, schedules, pause, storePrice);
  }

  static String key(WorkClass workClass) {
    return workClass.name().toLowerCase(java.util.Locale.ROOT);
  }
}
