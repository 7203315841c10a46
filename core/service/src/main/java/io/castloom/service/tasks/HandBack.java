package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.service.jobs.WorkQueues;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives messages back. SQS moves a message to the dead-letter queue after five deliveries, whatever
 * their reason, so from the fourth on it is sent as a new one, that counts from one.
 */
final class HandBack {

  private static final Logger LOG = LoggerFactory.getLogger(HandBack.class);
  private static final int RESEND_FROM = 4;

  private final WorkQueues queues;

  HandBack(WorkQueues queues) {
    this.queues = queues;
  }

  void now(RunningTask run, Duration delay) throws IOException {
    Lease<Task> lease = run.lease();
    if (run.isLost()) {
      return;
    }
    if (lease.receiveCount() >= RESEND_FROM) {
      untried(run, delay);
    } else {
      lease.release(delay);
    }
  }

  /**
   * Gives one back at which nothing was tried, as a new message: a count that grows would tell the
   * next instance that a holder died, and one that is only hidden would look lost to the sweeper.
   */
  void untried(RunningTask run, Duration delay) throws IOException {
    Task task = run.task();
    queues.of(task.workClass()).send(new Outgoing<>(task, task.account().value(), delay));
    run.lease().complete();
  }

  /**
   * As {@link #now}, where a fault is only logged: the message then comes again when its lease
   * ends.
   */
  void quietly(RunningTask run, Duration delay) {
    try {
      now(run, delay);
    } catch (IOException e) {
      LOG.warn(
          "message of task {} was not given back; it comes again when its lease ends: {}",
          run.task().id(),
          e.toString());
    }
  }
}
