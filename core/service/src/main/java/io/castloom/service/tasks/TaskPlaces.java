package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskSpec;
import io.castloom.service.jobs.RunningPlaces;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an account runs no more tasks than it may. A callback is no work of the kind that
 * is limited: it is always sent.
 */
final class TaskPlaces {

  private static final Logger LOG = LoggerFactory.getLogger(TaskPlaces.class);
  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final Duration MOST = Duration.ofSeconds(20);

  private final RunningPlaces places;
  private final RandomGenerator random = RandomGenerator.getDefault();

  TaskPlaces(RunningPlaces places) {
    this.places = places;
  }

  /** Takes a place for a task; false when its account has none left. */
  boolean claim(RunningTask run) throws IOException {
    if (run.task().spec() instanceof TaskSpec.Callback) {
      return true;
    }
    return switch (places.claim(run.task().account())) {
      case RunningPlaces.Claim.Unlimited _ -> true;
      case RunningPlaces.Claim.Granted granted -> {
        run.place(granted.place());
        yield true;
      }
      case RunningPlaces.Claim.Full full -> {
        LOG.debug("account {} runs {} tasks, its limit", run.task().account(), full.limit());
        yield false;
      }
    };
  }

  /**
   * When to ask again: about half of what such a task takes, and not all at the same moment. No
   * failure, and no record: nothing was tried.
   */
  Duration patience(Task task) {
    long millis = task.estimate().toMillis() / 2;
    long within = Math.clamp(millis, LEAST.toMillis(), MOST.toMillis());
    return Duration.ofMillis((long) (within * (0.75 + random.nextDouble() * 0.5)));
  }

  /** A place that is not given up is free again when its lease ends. */
  void giveUp(RunningTask run) {
    RunningPlaces.Place place = run.place();
    if (place == null) {
      return;
    }
    run.place(null);
    try {
      places.giveUp(place);
    } catch (IOException e) {
      LOG.warn("place of task {} not given up: {}", run.task().id(), e.toString());
    }
  }
}
