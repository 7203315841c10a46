package io.castloom.ingest.delivery;

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
record DeliveryLine(
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

  DeliveryRecord record() {
    return new DeliveryRecord(at, method, status, version, from, to, listener, agent);
  }
}
