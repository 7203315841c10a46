package io.castloom.service.telemetry;

import io.castloom.aws.cloudwatch.CloudWatchFigureSink;
import io.castloom.service.settings.SettingsReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process publishes to CloudWatch. Off by default: AWS bills each series, and Prometheus has
 * all of them for nothing.
 *
 * @param every CloudWatch keeps a minute at the finest, unless one pays for more
 * @param metrics which, by their names in docs/metrics.md without {@code _total}
 */
public record CloudWatchSettings(String namespace, Duration every, Set<String> metrics) {

  /** What an alarm needs: about twenty series. */
  private static final List<String> USUAL =
      List.of(
          "castloom_queue_oldest_wait_seconds",
          "castloom_dead_letters",
          "castloom_instances",
          "castloom_instance_boot_failures",
          "castloom_cost_usd");

  public CloudWatchSettings {
    metrics = Set.copyOf(metrics);
  }

  /** Reads {@code cloudwatch.*}; null when no namespace is given. */
  public static @Nullable CloudWatchSettings from(SettingsReader reader) {
    String namespace =
        reader.custom(
            "cloudwatch.namespace",
            "",
            "publish figures to this CloudWatch namespace, for example Castloom; empty for not",
            text -> text.isEmpty() ? "" : CloudWatchFigureSink.requireNamespace(text));
    Duration every =
        reader.duration(
            "cloudwatch.every",
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "how often");
    List<String> metrics =
        reader.list("cloudwatch.metrics", USUAL, "which, without _total; AWS bills each series");
    return namespace.isEmpty()
        ? null
        : new CloudWatchSettings(namespace, every, Set.copyOf(metrics));
  }
}
