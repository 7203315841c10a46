package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.service.jobs.WorkQueues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
   * Passes messages on that somebody else may rather have, in one request. One that was passed on
   * before is sent as a new one: of its deliveries at most one is ever used up by this, so that
   * only failures bring it to the dead-letter queue. A fault is only logged, as in {@link
   * #quietly}.
   */
  void passOn(WorkClass workClass, List<Lease<Task>> leases) {
    Map<Boolean, List<Lease<Task>>> again =
        leases.stream().collect(Collectors.partitioningBy(lease -> lease.receiveCount() > 1));
    WorkQueue<Task> queue = queues.of(workClass);
    try {
      queue.releaseAll(again.getOrDefault(false, List.of()), Duration.ZERO);
      List<Lease<Task>> old = new ArrayList<>(again.getOrDefault(true, List.of()));
      if (!old.isEmpty()) {
        List<Task> failed =
            queue.sendAll(old.stream().map(HandBack::asNew).toList()).stream()
                .map(failure -> failure.message().body())
                .toList();
        old.removeIf(lease -> failed.contains(lease.body()));
        queue.completeAll(old);
      }
    } catch (IOException e) {
      LOG.warn(
          "{} messages of {} were not passed on; they come again when their leases end: {}",
          leases.size(),
          workClass.slug(),
          e.toString());
    }
  }

  private static Outgoing<Task> asNew(Lease<Task> lease) {
    return Outgoing.now(lease.body(), lease.body().account().value());
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
