package io.castloom.autoscaler.picture;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.WorkQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings heartbeats and the fleet's list into the book; what cannot be read becomes old. */
public final class FleetReader {

  private static final Logger LOG = LoggerFactory.getLogger(FleetReader.class);
  private static final Duration HEARTBEAT_LEASE = Duration.ofSeconds(30);
  private static final int MAX_BATCHES = 100;

  private final WorkQueue<Heartbeat> heartbeats;
  private final Fleet fleet;
  private final Clocks clocks;
  private final FleetBook book;
  private @Nullable Instant heartbeatsReadAt;
  private @Nullable Instant fleetReadAt;

  /**
   * @param book is told what was read
   */
  public FleetReader(WorkQueue<Heartbeat> heartbeats, Fleet fleet, Clocks clocks, FleetBook book) {
    this.heartbeats = heartbeats;
    this.fleet = fleet;
    this.clocks = clocks;
    this.book = book;
  }

  /** When heartbeats were last read; null when they never were. */
  public @Nullable Instant heartbeatsReadAt() {
    return heartbeatsReadAt;
  }

  /** When the fleet was last listed; null when it never was. */
  public @Nullable Instant fleetReadAt() {
    return fleetReadAt;
  }

  /** Reads what there is. */
  public void read(Instant now) {
    hear(now);
    try {
      book.list(fleet.list(), now);
      fleetReadAt = now;
    } catch (IOException e) {
      LOG.warn("the fleet cannot be listed: {}", e.toString());
    }
  }

  private void hear(Instant now) {
    try {
      for (int i = 0; i < MAX_BATCHES; i++) {
        List<Lease<Heartbeat>> beats = heartbeats.receive(10, Duration.ZERO, HEARTBEAT_LEASE);
        beats.forEach(beat -> book.hear(clocks.righted(beat.body(), beat.sentAt()), now));
        heartbeats.completeAll(beats);
        heartbeatsReadAt = now;
        if (beats.isEmpty()) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.warn("heartbeats cannot be read: {}", e.toString());
    }
  }
}
