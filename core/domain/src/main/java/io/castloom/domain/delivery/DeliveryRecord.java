package io.castloom.domain.delivery;

import java.time.Instant;
import java.util.Objects;

/**
 * One answered request of the delivery log.
 *
 * @param at when it was answered
 * @param method {@code GET} or {@code HEAD}
 * @param status the HTTP status
 * @param version the key of the media version
 * @param from the first byte that was sent
 * @param to the byte after the last one that was sent; not what was asked for, but what went out
 * @param listener the hashed address, see {@link ListenerHash}
 * @param agent the user agent as it was sent; may be empty
 */
public record DeliveryRecord(
    Instant at,
    String method,
    int status,
    String version,
    long from,
    long to,
    String listener,
    String agent) {
  /** Checks the bounds. */
  public DeliveryRecord {
    Objects.requireNonNull(at);
    Objects.requireNonNull(method);
    Objects.requireNonNull(version);
    Objects.requireNonNull(listener);
    Objects.requireNonNull(agent);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("bytes " + from + " to " + to + " of " + version);
    }
  }
}
