package io.castloom.domain.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A queue of messages that are each handled at least once, in no promised order. A message that was
 * handed out and neither completed nor extended comes again after the visibility timeout; after the
 * queue's receive limit it goes to {@link #deadLetters} instead.
 *
 * <p>Every method throws {@link IOException} for infrastructure faults, and {@link
 * NoSuchQueueException} naming the queue when there is none. A body that cannot be decoded is put
 * into the dead-letter queue and never handed out.
 */
public interface WorkQueue<T> {

  String name();

  /** Sends one message. It is durable when this returns. */
  void send(Outgoing<T> message) throws IOException;

  /**
   * Sends any number, in batches.
   *
   * @return those that were not sent; empty when all were. A batch that failed as a whole is among
   *     them with its reason
   */
  List<SendFailure<T>> sendAll(List<Outgoing<T>> messages) throws IOException;

  /**
   * Takes up to {@code max} messages, waiting for the first one.
   *
   * @param max 1 to 10
   * @param wait 0 to 20 s (SQS's limits); a message that arrives meanwhile ends the wait
   * @param visibility for how long they are this receiver's: 1 s to 12 h
   * @return empty when none came
   */
  List<Lease<T>> receive(int max, Duration wait, Duration visibility) throws IOException;

  /** Completes many in batches; those that were lost already are quietly passed over. */
  void completeAll(Collection<Lease<T>> leases) throws IOException;

  /**
   * Gives many back in batches, each to be handed out again after the delay (0 to 12 h); those that
   * were lost already are quietly passed over.
   */
  void releaseAll(Collection<Lease<T>> leases, Duration delay) throws IOException;

  QueueCounts counts() throws IOException;

  DeadLetters<T> deadLetters();
}
