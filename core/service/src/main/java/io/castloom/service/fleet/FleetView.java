package io.castloom.service.fleet;

import io.castloom.domain.job.TaskKind;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the fleet's status as the leader wrote it, at most every ten seconds unless asked for a
 * newer one. Thread-safe.
 */
public final class FleetView {

  /** Taken as the size of a fleet that nobody has described yet. */
  public static final int SLOTS_WHEN_UNKNOWN = 4;

  private static final Logger LOG = LoggerFactory.getLogger(FleetView.class);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final InstantSource clock;
  private @Nullable FleetStatus last;
  private Instant readAt = Instant.MIN;

  /**
   * @param store the private bucket
   */
  public FleetView(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The status; empty when no autoscaler has run yet. */
  public Optional<FleetStatus> status() throws IOException {
    return status(FRESH);
  }

  /** The status as it was read at most so long ago. */
  public synchronized Optional<FleetStatus> status(Duration old) throws IOException {
    Instant now = clock.instant();
    if (readAt.equals(Instant.MIN) || now.isAfter(readAt.plus(old))) {
      try {
        last = Json.read(store, FleetStatus.KEY, FleetStatus.class);
      } catch (NoSuchObjectException e) {
        last = null;
      } catch (UnreadableDocumentException e) {
        // who leads writes it again at its next tick; uploads need not wait for that
        LOG.warn("{}; what was last read of it stands", e.getMessage());
      }
      readAt = now;
    }
    return Optional.ofNullable(last);
  }

  /** Slots of a kind, at least 1; {@link #SLOTS_WHEN_UNKNOWN} when nobody knows. */
  public int slots(TaskKind kind) throws IOException {
    return status().map(status -> Math.max(1, status.liveSlots(kind))).orElse(SLOTS_WHEN_UNKNOWN);
  }
}
