package io.castloom.autoscaler;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gauges that are set, and counters, by name and tags; their names are those of docs/metrics.md.
 */
final class Figures {

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

  Figures(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param tags names and values in turn
   */
  void set(String name, double value, String... tags) {
    Tags all = Tags.of(tags);
    gauges
        .computeIfAbsent(
            name + all,
            _ -> {
              AtomicLong bits = new AtomicLong();
              Gauge.builder(name, bits, it -> Double.longBitsToDouble(it.get()))
                  .tags(all)
                  .strongReference(true)
                  .register(registry);
              return bits;
            })
        .set(Double.doubleToLongBits(value));
  }

  /** The same for a number of things, exact below 2^53. */
  void set(String name, long value, String... tags) {
    set(name, (double) value, tags);
  }

  void add(String name, double amount, String... tags) {
    registry.counter(name, tags).increment(amount);
  }

  void time(String name, Duration duration) {
    registry.timer(name).record(duration);
  }
}
