package io.castloom.domain.scaling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings as keys and values, as people type them: {@code targetWait.high=45s}, {@code
 * maxInstances=40}, {@code types=c7g.large 2 1.0 0.0725 0.029}.
 */
public final class SettingKeys {
  private interface Change {
    ScalingSettings apply(ScalingSettings settings, String key, String value);
  }

  private static final Map<String, Change> CHANGES = changes();

  private SettingKeys() {}

  /** Every key that can be set. */
  public static List<String> keys() {
    return List.copyOf(CHANGES.keySet());
  }

  /**
   * The settings with one changed.
   *
   * @param settings before
   * @param key one of {@link #keys()}
   * @param value as people type it
   * @return after; all rules hold
   * @throws InvalidSettingException if the key is unknown (with the nearest known one) or the value
   *     breaks a rule
   */
  public static ScalingSettings with(ScalingSettings settings, String key, String value) {
    return with(settings, Map.of(key, value));
  }

  /**
   * The settings with several changed together, so that two that depend on each other can be
   * changed at once.
   *
   * @param settings before
   * @param changes values by key
   * @return after; all rules hold
   * @throws InvalidSettingException as {@link #with(ScalingSettings, String, String)}
   */
  public static ScalingSettings with(ScalingSettings settings, Map<String, String> changes) {
    // in whichever order all rules hold at every step: each that fails is tried again once the
    // others are in
    Map<String, String> open = new LinkedHashMap<>();
    CHANGES.keySet().stream()
        .filter(changes::containsKey)
        .forEach(key -> open.put(key, String.valueOf(changes.get(key))));
    for (String key : changes.keySet()) {
      if (!CHANGES.containsKey(key)) {
        throw new InvalidSettingException(
            key,
            "unknown setting '"
                + key
                + "': did you mean '"
                + SettingValues.nearest(key, CHANGES.keySet())
                + "'?");
      }
    }
    ScalingSettings now = settings;
    while (!open.isEmpty()) {
      InvalidSettingException refused = null;
      int before = open.size();
      for (String key : List.copyOf(open.keySet())) {
        try {
          now =
              java.util.Objects.requireNonNull(CHANGES.get(key))
                  .apply(now, key, open.getOrDefault(key, ""));
          open.remove(key);
        } catch (InvalidSettingException e) {
          refused = e;
        }
      }
      if (refused != null && open.size() == before) {
        throw refused;
      }
    }
    return now;
  }

  /** All settings as keys and values, such that {@link #with} makes the same of any others. */
  public static Map<String, String> text(ScalingSettings settings) {
    Map<String, String> text = new LinkedHashMap<>();
    for (WorkClass workClass : WorkClass.values()) {
      text.put(
          "targetWait." + ScalingSettings.key(workClass),
          Durations.text(settings.target(workClass)));
    }
    text.put("waitPercentile", String.valueOf(settings.waitPercentile()));
    Limits limits = settings.limits();
    for (WorkKind kind : WorkKind.values()) {
      text.put("minInstances." + Decisions.word(kind), String.valueOf(limits.min(kind)));
    }
    text.put("maxInstances", String.valueOf(limits.maxInstances()));
    text.put("maxLaunchPerTick", String.valueOf(limits.maxLaunchPerTick()));
    text.put("hourlyBudgetUsd", String.valueOf(limits.hourlyBudgetUsd()));
    for (WorkClass workClass : WorkClass.values()) {
      text.put(
          "spotShare." + ScalingSettings.key(workClass),
          String.valueOf(settings.spotShare().getOrDefault(workClass, 0.0)));
    }
    Tuning tuning = settings.tuning();
    text.put("tick", Durations.text(tuning.tick()));
    text.put("staleAfter", Durations.text(tuning.staleAfter()));
    text.put("billingMinimum", Durations.text(tuning.billingMinimum()));
    text.put("bootMean", Durations.text(tuning.bootMean()));
    text.put("bootP90", Durations.text(tuning.bootP90()));
    text.put("serviceMean", Durations.text(tuning.serviceMean()));
    text.put("latePriceCeiling", Durations.text(tuning.latePriceCeiling()));
    text.put("breakerFailures", String.valueOf(tuning.breakerFailures()));
    text.put("calendar", String.valueOf(tuning.calendar()));
    List<String> types = new ArrayList<>();
    for (InstanceType type : settings.types()) {
      types.add(
          type.name()
              + " "
              + type.slots()
              + " "
              + type.speed()
              + " "
              + type.onDemandUsdPerHour()
              + " "
              + type.spotUsdPerHour());
    }
    text.put("types", String.join("; ", types));
    text.put("storeUsdPerThousandRequests", String.valueOf(settings.storeUsdPerThousandRequests()));
    List<String> schedules = new ArrayList<>();
    for (Schedule s : settings.schedules()) {
      schedules.add(
          Decisions.word(s.kind())
              + " | "
              + s.cron()
              + " | "
              + s.zone()
              + " | "
              + Durations.text(s.length())
              + " | "
              + s.minInstances());
    }
    text.put("schedules", String.join("; ", schedules));
    text.put(
        "pauseInUntil",
        settings.pause().inUntil() == null ? "" : settings.pause().inUntil().toString());
    text.put(
        "pauseOutUntil",
        settings.pause().outUntil() == null ? "" : settings.pause().outUntil().toString());
    return text;
  }

  private static Map<String, Change> changes() {
    Map<String, Change> changes = new LinkedHashMap<>();
    for (WorkClass workClass : WorkClass.values()) {
      String name = ScalingSettings.key(workClass);
      changes.put(
          "targetWait." + name, (s, k, v) -> s.withTarget(workClass, Durations.parse(k, v)));
      changes.put("spotShare." + name, (s, k, v) -> spot(s, workClass, SettingValues.number(k, v)));
    }
    for (WorkKind kind : WorkKind.values()) {
      changes.put(
          "minInstances." + Decisions.word(kind),
          (s, k, v) -> s.withLimits(s.limits().withMin(kind, SettingValues.whole(k, v))));
    }
    changes.put(
        "waitPercentile",
        (s, k, v) ->
            new ScalingSettings(
                s.targetWait(),
                SettingValues.number(k, v),
                s.limits(),
                s.tuning(),
                s.spotShare(),
                s.types(),
                s.schedules(),
                s.pause(),
                s.storeUsdPerThousandRequests()));
    changes.put(
        "maxInstances",
        (s, k, v) -> s.withLimits(s.limits().withMaxInstances(SettingValues.whole(k, v))));
    changes.put(
        "maxLaunchPerTick",
        (s, k, v) -> s.withLimits(s.limits().withMaxLaunchPerTick(SettingValues.whole(k, v))));
    changes.put(
        "hourlyBudgetUsd", (s, k, v) -> s.withLimits(s.limits().withHourlyBudgetUsd(usd(k, v))));
    for (String name :
        List.of(
            "tick",
            "staleAfter",
            "billingMinimum",
            "bootMean",
            "bootP90",
            "serviceMean",
            "latePriceCeiling")) {
      changes.put(name, (s, k, v) -> s.withTuning(tuned(s.tuning(), name, Durations.parse(k, v))));
    }
    changes.put(
        "breakerFailures",
        (s, k, v) ->
            s.withTuning(s.tuning().with(SettingValues.whole(k, v), s.tuning().calendar())));
    changes.put(
        "calendar",
        (s, k, v) ->
            s.withTuning(s.tuning().with(s.tuning().breakerFailures(), SettingValues.bool(k, v))));
    changes.put("types", (s, k, v) -> s.withTypes(SettingValues.types(k, v)));
    changes.put(
        "storeUsdPerThousandRequests", (s, k, v) -> s.withStoreUsdPerThousandRequests(usd(k, v)));
    changes.put("schedules", (s, k, v) -> s.withSchedules(SettingValues.schedules(k, v)));
    changes.put(
        "pauseInUntil",
        (s, k, v) -> s.withPause(new Pause(SettingValues.instant(k, v), s.pause().outUntil())));
    changes.put(
        "pauseOutUntil",
        (s, k, v) -> s.withPause(new Pause(s.pause().inUntil(), SettingValues.instant(k, v))));
    return changes;
  }

  private static double usd(String key, String value) {
    return SettingValues.number(key, value.replaceAll("(?i)\\s*usd$", ""));
  }

  private static Tuning tuned(Tuning t, String name, Duration d) {
    return new Tuning(
        name.equals("tick") ? d : t.tick(),
        name.equals("staleAfter") ? d : t.staleAfter(),
        name.equals("billingMinimum") ? d : t.billingMinimum(),
        name.equals("bootMean") ? d : t.bootMean(),
        name.equals("bootP90") ? d : t.bootP90(),
        name.equals("serviceMean") ? d : t.serviceMean(),
        name.equals("latePriceCeiling") ? d : t.latePriceCeiling(),
        t.breakerFailures(),
        t.calendar());
  }

  private static ScalingSettings spot(ScalingSettings s, WorkClass workClass, double share) {
    Map<WorkClass, Double> shares = new EnumMap<>(WorkClass.class);
    shares.putAll(s.spotShare());
    shares.put(workClass, share);
    return new ScalingSettings(
        s.targetWait(),
        s.waitPercentile(),
        s.limits(),
        s.tuning(),
        shares,
        s.types(),
        s.schedules(),
        s.pause(),
        s.storeUsdPerThousandRequests());
  }
}
