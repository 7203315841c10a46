package io.castloom.service.instance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every five seconds whether the spot market takes the instance back: the notice comes two
 * minutes ahead, as a rule (EC2 user guide, "Spot Instance interruption notices").
 */
public final class InterruptionWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InterruptionWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Consumer<Instant> onNotice;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("interruption-watch").factory());
  private @Nullable InstanceMetadata metadata;
  private boolean told;

  private InterruptionWatch(
      Map<String, String> environment, InstantSource clock, Consumer<Instant> onNotice) {
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.onNotice = onNotice;
  }

  /**
   * Starts it; where there is no metadata service it finds out by itself, and ends.
   *
   * @param environment may say where the service is
   * @param onNotice is called once, with the time of the interruption
   */
  public static InterruptionWatch start(
      Map<String, String> environment, InstantSource clock, Consumer<Instant> onNotice) {
    InterruptionWatch watch = new InterruptionWatch(environment, clock, onNotice);
    var _ =
        watch.ticks.scheduleWithFixedDelay(watch::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private synchronized void look() {
    try {
      if (metadata == null) {
        metadata = InstanceMetadata.find(environment, clock).orElse(null);
      }
      if (metadata == null) {
        ticks.shutdown();
        return;
      }
      Optional<Instant> notice = metadata.interruption();
      if (notice.isPresent() && !told) {
        told = true;
        LOG.warn("spot interruption at {}", notice.get());
        onNotice.accept(notice.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the metadata service did not answer: {}", e.toString());
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    synchronized (this) {
      if (metadata != null) {
        metadata.close();
      }
    }
  }
}
