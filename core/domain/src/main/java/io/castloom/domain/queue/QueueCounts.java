package io.castloom.domain.queue;

/**
 * Approximate counts (SQS GetQueueAttributes: they converge about a minute after the last change).
 *
 * @param visible messages that a receive would hand out now
 * @param inFlight messages under a lease
 * @param delayed messages whose delay has not passed
 */
public record QueueCounts(long visible, long inFlight, long delayed) {

  public long total() {
    return visible + inFlight + delayed;
  }
}
