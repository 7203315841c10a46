package io.castloom.aws.sqs;

import io.castloom.domain.queue.DeadLetters;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For queues whose messages are worth nothing later: control queues. */
record NoDeadLetters<T>(String queue) implements DeadLetters<T> {

  private static final Logger LOG = LoggerFactory.getLogger(NoDeadLetters.class);

  @Override
  public void bury(T body, String reason) {
    LOG.warn("queue {} has no dead-letter queue, dropped {}: {}", queue, body, reason);
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return List.of();
  }

  @Override
  public boolean redrive(String messageId) {
    return false;
  }

  @Override
  public boolean drop(String messageId) {
    return false;
  }

  @Override
  public long count() {
    return 0;
  }
}
