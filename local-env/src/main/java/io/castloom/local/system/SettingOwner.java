package io.castloom.local.system;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which process reads a setting that {@code castloom up --set} is given for all of them. */
final class SettingOwner {

  /** By a key, or by what stands before its first dot. */
  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("assembler", "assembler"),
          Map.entry("autoscaler", "autoscaler"),
          Map.entry("cloudwatch", "autoscaler"),
          Map.entry("feeds", "assembler"),
          Map.entry("ftp", "ingest"),
          Map.entry("http", "ingest"),
          Map.entry("ingest", "ingest"),
          Map.entry("intake", "ingest"),
          Map.entry("jobs", "ingest"),
          Map.entry("media", "ingest"),
          Map.entry("media.grace", "assembler"),
          Map.entry("nightly", "assembler"),
          Map.entry("worker", "worker"));

  private SettingOwner() {}

  /**
   * @throws IllegalArgumentException no process has such settings, so this one would do nothing
   */
  static String of(String key) {
    String owner = find(key);
    if (owner == null) {
      throw new IllegalArgumentException(
          "--set "
              + key
              + ": no process has such a setting; they begin with "
              + String.join(
                  ". ",
                  new TreeMap<>(OWNERS).keySet().stream().filter(k -> !k.contains(".")).toList())
              + ". (`castloom run PROCESS --check-config` lists them)");
    }
    return owner;
  }

  /** The process; null when none has such settings. */
  static @Nullable String find(String key) {
    String section = key.substring(0, Math.max(0, key.indexOf('.')));
    return OWNERS.getOrDefault(key, OWNERS.get(section));
  }
}
