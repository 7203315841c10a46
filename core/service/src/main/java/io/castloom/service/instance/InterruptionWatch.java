package io.castloom.service.instance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every five seconds whether the spot market takes the instance back: the notice comes two
 * minutes ahead, as a rule (EC2 user guide, "Spot Instance interruption notices").
 */
public final class InterruptionWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InterruptionWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final InstanceMetadata metadata;
  private final Consumer<Instant> onNotice;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private boolean told;

  private InterruptionWatch(InstanceMetadata metadata, Consumer<Instant> onNotice) {
    this.metadata = metadata;
    this.onNotice = onNotice;
  }

  /**
   * Starts it.
   *
   * @param onNotice is called once, with the time of the interruption
   */
  public static InterruptionWatch start(InstanceMetadata metadata, Consumer<Instant> onNotice) {
    InterruptionWatch watch = new InterruptionWatch(metadata, onNotice);
    var _ =
        watch.ticks.scheduleWithFixedDelay(
            watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
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
    metadata.close();
  }
}
