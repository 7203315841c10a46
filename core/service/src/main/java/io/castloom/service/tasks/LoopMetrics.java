package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.WorkClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
  private final Map<WorkClass, Timer> waits = new ConcurrentHashMap<>();
  private final Map<Kind, Timer> services = new ConcurrentHashMap<>();

  private record Kind(Class<?> spec, String outcome) {}

  LoopMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lost = Counter.builder("castloom.leases.lost").register(registry);
    this.renewals = Counter.builder("castloom.lease.renewals.failed").register(registry);
  }

  @Override
  public void started(Task task, Duration wait) {
    waits
        .computeIfAbsent(task.workClass(), this::waits)
        .record(wait.isNegative() ? Duration.ZERO : wait);
  }

  private Timer waits(WorkClass workClass) {
    return Timer.builder("castloom.task.wait")
        .tag("class", workClass.slug())
        .serviceLevelObjectives(WAITS)
        .register(registry);
  }

  @Override
  public void ended(Task task, TaskOutcome outcome, Duration service) {
    services
        .computeIfAbsent(new Kind(task.spec().getClass(), word(outcome)), this::services)
        .record(service);
  }

  private Timer services(Kind kind) {
    return Timer.builder("castloom.task.service")
        .tag("task", kind.spec().getSimpleName().toLowerCase(Locale.ROOT))
        .tag("outcome", kind.outcome())
        .register(registry);
  }

  private static String word(TaskOutcome outcome) {
    return switch (outcome) {
      case TaskOutcome.Produced _ -> "produced";
      case TaskOutcome.Retry _ -> "retry";
      case TaskOutcome.Rejected _ -> "rejected";
      case TaskOutcome.Postponed _ -> "postponed";
      case TaskOutcome.Interrupted _ -> "interrupted";
      case TaskOutcome.Cancelled _ -> "cancelled";
    };
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
