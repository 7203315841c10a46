package io.castloom.domain.scaling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old each source of the snapshot is. A source that could not be read is null.
 *
 * @param indexReadAt when the pending index was listed; null makes the queues' counts stand in for
 *     it
 * @param heartbeatsReadAt when heartbeats were last taken in
 * @param fleetReadAt when the fleet was last listed
 * @param indexComplete false when only the first pages were read: the rest is taken from the counts
 * @param heardSince since when heartbeats are listened to without a gap; null for ever. An instance
 *     that seems not to have booted may have said so before
 */
public record Signal(
    @Nullable Instant indexReadAt,
    @Nullable Instant heartbeatsReadAt,
    @Nullable Instant fleetReadAt,
    boolean indexComplete,
    @Nullable Instant heardSince) {
  /** Of somebody who has listened for ever. */
  public Signal(
      @Nullable Instant indexReadAt,
      @Nullable Instant heartbeatsReadAt,
      @Nullable Instant fleetReadAt,
      boolean indexComplete) {
    this(indexReadAt, heartbeatsReadAt, fleetReadAt, indexComplete, null);
  }

  /** Everything was read at this instant. */
  public static Signal fresh(Instant at) {
    return new Signal(at, at, at, true);
  }
}
