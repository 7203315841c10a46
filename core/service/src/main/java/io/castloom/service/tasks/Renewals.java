package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.LeaseLostException;
import io.castloom.service.jobs.RunningPlaces;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of running tasks, each at its own time, and sees at the same time whether their
 * jobs were cancelled. A renewal that fails is tried again soon; when the lease can no longer be
 * trusted, the task is stopped and publishes nothing.
 */
final class Renewals {

  private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final LoopPorts ports;
  private final LoopSettings settings;
  private final TaskRunner runner;
  private final LoopListener listener;
  private final InstantSource clock;
  private final Executor executor;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<RunningTask, Instant> due = new ConcurrentHashMap<>();

  /**
   * @param executor runs the requests; one that runs them at once makes {@link #tick} synchronous
   */
  Renewals(
      LoopPorts ports,
      LoopSettings settings,
      TaskRunner runner,
      LoopListener listener,
      InstantSource clock,
      Executor executor) {
    this.ports = ports;
    this.settings = settings;
    this.runner = runner;
    this.listener = listener;
    this.clock = clock;
    this.executor = executor;
  }

  /** Looks after these tasks; to be called about every second. */
  void tick(Collection<RunningTask> running) {
    Instant now = clock.instant();
    due.keySet().retainAll(running);
    for (RunningTask run : running) {
      Instant at = due.computeIfAbsent(run, it -> next(it.since()));
      if (!now.isBefore(at)) {
        due.put(run, now.plus(settings.visibility())); // not again while this one is under way
        executor.execute(() -> renew(run));
      }
      if (run.begun() == null && now.isAfter(run.since().plus(Admission.QUICK))) {
        executor.execute(() -> beginLate(run));
      }
      RunningPlaces.Place place = run.place();
      if (place != null && ports.places().isDue(place)) {
        executor.execute(() -> renewPlace(run, place));
      }
    }
  }

  private void renew(RunningTask run) {
    Task task = run.task();
    Instant asked = clock.instant();
    Lease<Task> lease = run.lease();
    try {
      lease.extend(settings.visibility());
      run.renewed(asked, settings.visibility());
      due.put(run, next(asked));
      if (!run.stopping() && ports.jobs().cancelled(task.account(), task.id().job())) {
        run.stop(RunningTask.Why.CANCELLED, "the job was cancelled");
      }
    } catch (LeaseLostException e) {
      LOG.warn("lease of task {} is lost", task.id());
      run.lost(lease, "the lease is lost");
    } catch (IOException e) {
      LOG.warn("lease of task {} not renewed: {}", task.id(), e.toString());
      listener.renewalFailed(task);
      due.put(run, clock.instant().plus(AGAIN));
      if (run.expiresSoon()) {
        run.stop(RunningTask.Why.LOST, "the lease could not be renewed");
      }
    }
  }

  /** A renewal that fails only risks that the account runs one more than it may. */
  private void renewPlace(RunningTask run, RunningPlaces.Place place) {
    try {
      ports.places().renew(place);
    } catch (IOException e) {
      LOG.warn("place of task {} not renewed: {}", run.task().id(), e.toString());
    }
  }

  private void beginLate(RunningTask run) {
    try {
      runner.beginLate(run);
    } catch (IOException e) {
      LOG.warn("task {} not recorded as running: {}", run.task().id(), e.toString());
    }
  }

  /** Between 0.75 and 1.25 of the usual time, so that many leases do not fall due together. */
  private Instant next(Instant from) {
    double factor = 0.75 + random.nextDouble() * 0.5;
    return from.plusMillis((long) (settings.renewEvery().toMillis() * factor));
  }
}
