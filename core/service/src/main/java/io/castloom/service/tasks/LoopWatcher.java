package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a loop does, and draws its conclusions: how many to take ahead, whether to stop. */
final class LoopWatcher implements LoopListener {

  private static final Logger LOG = LoggerFactory.getLogger(LoopWatcher.class);

  /** When tasks are this quick on average, some are taken ahead, else the requests set the pace. */
  private static final Duration QUICK = Duration.ofMillis(250);

  private static final int AHEAD = 10;
  private static final double SMOOTHING = 0.1;

  private final LoopMetrics metrics;
  private final Hands hands;
  private final Heart heart;
  private final Quarantine quarantine;
  private final InstantSource clock;
  private double meanMillis = 10.0 * QUICK.toMillis();

  LoopWatcher(
      LoopMetrics metrics, Hands hands, Heart heart, Quarantine quarantine, InstantSource clock) {
    this.clock = clock;
    this.metrics = metrics;
    this.hands = hands;
    this.heart = heart;
    this.quarantine = quarantine;
  }

  @Override
  public void started(Task task, Duration wait) {
    metrics.started(task, wait);
  }

  @Override
  public void ended(Task task, TaskOutcome outcome, Duration service) {
    metrics.ended(task, outcome, service);
    heart.ended(task, clock.instant().minus(service), outcome instanceof TaskOutcome.Produced);
    hands.ahead(isQuick(service) ? Math.max(AHEAD, hands.slots()) : 0);
    switch (outcome) {
      case TaskOutcome.Produced _ -> quarantine.succeeded();
      case TaskOutcome.Retry _ -> failed(task);
      case TaskOutcome.Rejected _, TaskOutcome.Postponed _ -> {}
      case TaskOutcome.Interrupted _, TaskOutcome.Cancelled _ -> {}
    }
  }

  private synchronized boolean isQuick(Duration service) {
    meanMillis += SMOOTHING * (service.toMillis() - meanMillis);
    return meanMillis < QUICK.toMillis();
  }

  private void failed(Task task) {
    try {
      if (quarantine.failed(task) && hands.mode(Heartbeat.Mode.QUARANTINED)) {
        LOG.error("tasks keep failing here and succeed elsewhere: no more work is taken");
        heart.beat();
      }
    } catch (IOException e) {
      LOG.warn("records of failed tasks cannot be read: {}", e.toString());
    }
  }

  @Override
  public void lost(Task task) {
    metrics.lost(task);
  }

  @Override
  public void renewalFailed(Task task) {
    metrics.renewalFailed(task);
  }
}
