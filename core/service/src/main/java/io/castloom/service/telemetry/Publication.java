package io.castloom.service.telemetry;

import io.castloom.domain.metric.Figure;
import io.castloom.domain.metric.FigureSink;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes some of a registry's gauges and counters again and again. A counter's figure is what
 * came since the last one; what could not be published is told with the next.
 */
public final class Publication implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private final MeterRegistry registry;
  private final Set<String> names;
  private final FigureSink sink;
  private final BooleanSupplier mine;
  private final InstantSource clock;
  private final Map<Meter.Id, Double> published = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("publication").factory());

  /**
   * @param names which metrics, without {@code _total}, for example {@code
   *     castloom_queue_oldest_wait_seconds}
   * @param mine whether this process is the one that publishes at present; another one does while
   *     it is not
   */
  public Publication(
      MeterRegistry registry,
      Set<String> names,
      FigureSink sink,
      BooleanSupplier mine,
      InstantSource clock) {
    this.registry = registry;
    this.names = Set.copyOf(names);
    this.sink = sink;
    this.mine = mine;
    this.clock = clock;
  }

  /** Publishes by itself. */
  public Publication every(Duration time) {
    var _ =
        thread.scheduleWithFixedDelay(
            this::run, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void run() {
    try {
      publish();
    } catch (IOException e) {
      LOG.warn("figures were not published, they come with the next: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("bug in the publication of figures", e);
    }
  }

  /**
   * Publishes once.
   *
   * @throws IOException the sink failed
   */
  public void publish() throws IOException {
    List<Figure> figures = new ArrayList<>();
    Map<Meter.Id, Double> told = new HashMap<>();
    for (Meter meter : registry.getMeters()) {
      String name = meter.getId().getName().replace('.', '_');
      if (!names.contains(name)) {
        continue;
      }
      if (meter instanceof Gauge gauge && Double.isFinite(gauge.value())) {
        figures.add(figure(name, meter.getId(), gauge.value()));
      } else if (meter instanceof Counter counter) {
        double count = counter.count();
        double before = published.getOrDefault(meter.getId(), 0.0);
        figures.add(figure(name, meter.getId(), count - before));
        told.put(meter.getId(), count);
      }
    }
    if (!mine.getAsBoolean()) {
      published.putAll(told); // not ours to tell
      return;
    }
    if (!figures.isEmpty()) {
      sink.publish(figures, clock.instant());
      published.putAll(told);
    }
  }

  private static Figure figure(String name, Meter.Id id, double value) {
    Map<String, String> labels = new HashMap<>();
    for (Tag tag : id.getTags()) {
      if (!tag.getKey().equals("process") && !tag.getValue().isEmpty()) {
        labels.put(tag.getKey(), tag.getValue());
      }
    }
    return new Figure(name, labels, value, unit(name));
  }

  private static Figure.Unit unit(String name) {
    if (name.endsWith("_seconds")) {
      return Figure.Unit.SECONDS;
    }
    return name.endsWith("_usd") ? Figure.Unit.NONE : Figure.Unit.COUNT;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
