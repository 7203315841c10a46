package io.castloom.domain.metric;

import java.util.Map;

/**
 * One value of a metric.
 *
 * @param name as in docs/metrics.md, for example {@code castloom_queue_oldest_wait_seconds}
 * @param labels its series, for example {@code class=transcode-high}; none has an empty value
 * @param value finite; of a counter what came since it was last published
 */
public record Figure(String name, Map<String, String> labels, double value, Unit unit) {

  /** In what it is measured. */
  public enum Unit {
    SECONDS,
    COUNT,
    NONE
  }

  public Figure {
    labels = Map.copyOf(labels);
    if (name.isBlank() || !Double.isFinite(value) || labels.containsValue("")) {
      throw new IllegalArgumentException("not a figure: " + name + labels + " = " + value);
    }
  }
}
