package io.castloom.domain.queue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A message in one receiver's hands until its visibility timeout passes. A lease is used by one
 * thread at a time but for {@link #extend}, which a heartbeat may call beside the others.
 */
public interface Lease<T> {

  T body();

  /** The queue's id of the message, the same in every delivery. */
  String messageId();

  /** How often it was handed out, this time included: at least 1. */
  int receiveCount();

  /** When it was sent. */
  Instant sentAt();

  /**
   * Holds it for this long from now. SQS ends every lease 12 h after it was received: a longer
   * extension is cut there, and afterwards the lease is lost.
   *
   * @param visibility 1 s to 12 h
   * @throws LeaseLostException it was lost already
   */
  void extend(Duration visibility) throws IOException;

  /**
   * Gives it back, to be handed out again after the delay (0 to 12 h). Quietly does nothing when
   * the lease was lost.
   */
  void release(Duration delay) throws IOException;

  /**
   * Removes the message for good: the last act, after every result is stored. Harmless when the
   * lease was lost: another delivery may then still come, and finds the work done.
   */
  void complete() throws IOException;
}
