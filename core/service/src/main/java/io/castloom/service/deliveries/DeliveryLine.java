package io.castloom.service.deliveries;

import io.castloom.domain.delivery.DeliveryRecord;
import java.time.Instant;

/**
 * A line of the delivery log, as JSON.
 *
 * @param version the key of the media version
 * @param from the first byte that was sent
 * @param to the byte after the last one that was sent
 * @param listener the address's hash with the day's salt
 */
public record DeliveryLine(
    Instant at,
    String show,
    String episode,
    String version,
    long from,
    long to,
    int status,
    String method,
    String listener,
    String agent) {

  /** The line as the counter takes it. */
  public DeliveryRecord record() {
    return new DeliveryRecord(at, method, status, version, from, to, listener, agent);
  }
}
