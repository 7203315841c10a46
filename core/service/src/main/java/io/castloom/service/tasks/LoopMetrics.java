package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.service.json.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code castloom_task_wait_seconds{class}}, {@code castloom_task_service_seconds{task,outcome}},
 * {@code castloom_leases_lost_total}, {@code castloom_lease_renewals_failed_total}.
 */
final class LoopMetrics implements LoopListener {

  private static final Duration[] WAITS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4)
  };

  private final MeterRegistry registry;
  private final Counter lost;
  private final Counter renewals;

  LoopMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lost = Counter.builder("castloom.leases.lost").register(registry);
    this.renewals = Counter.builder("castloom.lease.renewals.failed").register(registry);
  }

  @Override
  public void started(Task task, Duration wait) {
    Timer.builder("castloom.task.wait")
        .tag("class", task.workClass().slug())
        .serviceLevelObjectives(WAITS)
        .register(registry)
        .record(wait.isNegative() ? Duration.ZERO : wait);
  }

  @Override
  public void ended(Task task, TaskOutcome outcome, Duration service) {
    Timer.builder("castloom.task.service")
        .tag("task", task.spec().getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .tag("outcome", Json.mapper().valueToTree(outcome).path("type").asString("other"))
        .register(registry)
        .record(service);
  }

  @Override
  public void lost(Task task) {
    lost.increment();
  }

  @Override
  public void renewalFailed(Task task) {
    renewals.increment();
  }
}
