package io.castloom.domain.queue;

import java.time.Duration;
import java.util.Objects;

/**
 * A message to send.
 *
 * @param group whose message it is, for the queue's own fairness: the account
 * @param delay how long nobody receives it: 0 to 15 minutes (SQS's limit for DelaySeconds)
 */
public record Outgoing<T>(T body, String group, Duration delay) {

  public static final Duration MAX_DELAY = Duration.ofMinutes(15);

  public Outgoing {
    Objects.requireNonNull(body);
    Objects.requireNonNull(group);
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("delay must be 0 to 15 min: " + delay);
    }
  }

  public static <T> Outgoing<T> now(T body, String group) {
    return new Outgoing<>(body, group, Duration.ZERO);
  }
}
