package io.castloom.local.system;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which processes read a setting that {@code castloom up --set} is given for all of them. */
final class SettingOwner {

  /** By a key, or by what stands before its first dot. */
  private static final Map<String, Set<String>> OWNERS =
      Map.ofEntries(
          Map.entry("assembler", Set.of("assembler")),
          Map.entry("autoscaler", Set.of("autoscaler")),
          Map.entry("cloudwatch", Set.of("autoscaler")),
          Map.entry("feeds", Set.of("assembler")),
          Map.entry("ftp", Set.of("ingest")),
          Map.entry("http", Set.of("ingest")),
          Map.entry("ingest", Set.of("ingest")),
          Map.entry("intake", Set.of("ingest")),
          Map.entry("jobs", Set.of("ingest")),
          Map.entry("jobs.callbacksInside", Set.of("ingest", "worker")),
          Map.entry("jobs.largestWindow", Set.of("ingest", "worker", "assembler", "autoscaler")),
          Map.entry("media", Set.of("ingest")),
          Map.entry("media.grace", Set.of("assembler")),
          Map.entry("nightly", Set.of("assembler")),
          Map.entry("worker", Set.of("worker")));

  private SettingOwner() {}

  /**
   * @throws IllegalArgumentException no process has such settings, so this one would do nothing
   */
  static Set<String> of(String key) {
    Set<String> owners = find(key);
    if (owners.isEmpty()) {
      throw new IllegalArgumentException(
          "--set "
              + key
              + ": no process has such a setting; they begin with "
              + String.join(
                  ". ",
                  new TreeMap<>(OWNERS).keySet().stream().filter(k -> !k.contains(".")).toList())
              + ". (`castloom run PROCESS --check-config` lists them)");
    }
    return owners;
  }

  /** The processes; none when no process has such settings. */
  static Set<String> find(String key) {
    String section = key.substring(0, Math.max(0, key.indexOf('.')));
    return OWNERS.getOrDefault(key, OWNERS.getOrDefault(section, Set.of()));
  }
}
