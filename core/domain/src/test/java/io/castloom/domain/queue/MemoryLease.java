package io.castloom.domain.queue;

import java.time.Duration;
import java.time.Instant;

/** A lease of a {@link MemoryWorkQueue}: as strict as SQS, so a lost one does nothing. */
final class MemoryLease<T> implements Lease<T> {

  private final MemoryWorkQueue<T> queue;
  private final MemoryMessage message;
  private final T body;
  private final Instant receivedAt;
  private final int receiveCount;
  private final long receipt;

  /** With the queue's monitor in hand. */
  MemoryLease(MemoryWorkQueue<T> queue, MemoryMessage message, T body, Instant receivedAt) {
    this.queue = queue;
    this.message = message;
    this.body = body;
    this.receivedAt = receivedAt;
    this.receiveCount = message.receiveCount;
    this.receipt = message.receipt;
  }

  @Override
  public T body() {
    return body;
  }

  @Override
  public String messageId() {
    return message.id;
  }

  @Override
  public int receiveCount() {
    return receiveCount;
  }

  @Override
  public Instant sentAt() {
    return message.sentAt;
  }

  @Override
  public void extend(Duration visibility) throws LeaseLostException {
    MemoryWorkQueue.requireVisibility(visibility);
    synchronized (queue) {
      Duration left =
          Duration.between(
              queue.clock().instant(), receivedAt.plus(MemoryWorkQueue.MAX_VISIBILITY));
      if (left.isNegative() || left.isZero() || !queue.holds(message, receipt)) {
        throw new LeaseLostException(
            "lease of message " + message.id + " of queue " + queue.name() + " is lost", null);
      }
      queue.hide(message, visibility.compareTo(left) < 0 ? visibility : left);
    }
  }

  @Override
  public void release(Duration delay) {
    if (delay.isNegative() || delay.compareTo(MemoryWorkQueue.MAX_VISIBILITY) > 0) {
      throw new IllegalArgumentException("a release's delay is 0 to 12 h: " + delay);
    }
    synchronized (queue) {
      if (queue.holds(message, receipt)) {
        queue.hide(message, delay);
      }
    }
  }

  @Override
  public void complete() {
    synchronized (queue) {
      if (queue.holds(message, receipt)) {
        queue.remove(message);
      }
    }
  }
}
