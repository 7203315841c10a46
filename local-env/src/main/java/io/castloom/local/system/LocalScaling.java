package io.castloom.local.system;

import java.util.HashMap;
import java.util.Map;

/**
 * What the autoscaler believes and aims at where instances are processes: they start in a second or
 * two and cost nothing, so waits are short and idle ones go soon. Whatever is set otherwise holds.
 */
final class LocalScaling {

  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("tick", "1s"),
          Map.entry("targetWait.high", "2s"),
          Map.entry("targetWait.normal", "3s"),
          Map.entry("targetWait.bulk", "10s"),
          Map.entry("bootMean", "3s"),
          Map.entry("bootP90", "5s"),
          Map.entry("serviceMean", "5s"),
          Map.entry("billingMinimum", "30s"),
          Map.entry("hourlyBudgetUsd", "100"),
          Map.entry("lease", "6s"));

  private LocalScaling() {}

  /** The settings given, and the usual ones of a machine for all others. */
  static Map<String, String> settings(
      Map<String, String> given, int maxInstances, Map<String, String> ofTheFleet) {
    Map<String, String> all = new HashMap<>();
    USUAL.forEach((key, value) -> all.put("autoscaler." + key, value));
    all.put("autoscaler.maxInstances", Integer.toString(maxInstances));
    all.putAll(ofTheFleet);
    all.putAll(given);
    return all;
  }
}
