package io.castloom.domain.queue;

import java.io.IOException;
import java.util.List;

/**
 * Messages that no receiver could handle, kept until somebody looks. Several work queues may share
 * one; each message goes back to the queue that it came from.
 *
 * <p>Every method throws {@link IOException} for infrastructure faults and {@link
 * NoSuchQueueException} when the queue is missing. A fault in the middle of {@link #redrive} can
 * leave the message in both queues, never in neither.
 */
public interface DeadLetters<T> {

  /**
   * A message in the dead-letter queue.
   *
   * @param messageId names it in {@link #redrive} and {@link #drop}
   * @param raw the body as it was sent, also when it cannot be decoded
   * @param reason why it is here, as far as known
   */
  record DeadLetter(String messageId, String raw, String reason) {}

  /** Puts a message here directly, with its reason. */
  void bury(T body, String reason) throws IOException;

  /** Some of the messages, at most {@code limit} (1 to 1,000); they stay. */
  List<DeadLetter> list(int limit) throws IOException;

  /**
   * Sends a message to its work queue again and removes it from here.
   *
   * @return false when it is not here (any more)
   */
  boolean redrive(String messageId) throws IOException;

  /** Removes a message; false when it is not here (any more). */
  boolean drop(String messageId) throws IOException;

  /** How many there are, approximately. */
  long count() throws IOException;
}
