package io.castloom.domain.queue;

import java.time.Instant;

/** A message in a {@link MemoryWorkQueue}; guarded by the queue's monitor. */
final class MemoryMessage {

  final String id;
  final String raw;
  final Instant sentAt;
  Instant hiddenUntil;
  int receiveCount;
  long receipt;

  MemoryMessage(String id, String raw, Instant sentAt, Instant hiddenUntil) {
    this.id = id;
    this.raw = raw;
    this.sentAt = sentAt;
    this.hiddenUntil = hiddenUntil;
  }

  boolean inFlight(Instant now) {
    return receiveCount > 0 && hiddenUntil.isAfter(now);
  }
}
