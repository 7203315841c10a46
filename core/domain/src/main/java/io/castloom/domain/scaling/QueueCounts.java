package io.castloom.domain.scaling;

import java.time.Instant;
import java.util.Objects;

/**
 * What the queue service itself says about a lane; approximate by nature.
 *
 * @param lane the queue
 * @param visible messages to be received (SQS: ApproximateNumberOfMessages)
 * @param inFlight messages held by workers (SQS: ApproximateNumberOfMessagesNotVisible)
 * @param readAt when it said so
 */
public record QueueCounts(Lane lane, long visible, long inFlight, Instant readAt) {
  public QueueCounts {
    Objects.requireNonNull(lane, "lane");
    Objects.requireNonNull(readAt, "readAt");
    if (visible < 0 || inFlight < 0) {
      throw new IllegalArgumentException(
          "counts of " + lane + " are negative: visible " + visible + ", in flight " + inFlight);
    }
  }
}
