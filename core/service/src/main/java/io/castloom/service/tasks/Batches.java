package io.castloom.service.tasks;

import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What can be done for several tasks in one call: started ones leave the backlog, done ones end.
 */
final class Batches implements AutoCloseable {

  /** SQS takes ten deletes at a time. */
  private static final int COMPLETED = 10;

  private static final int STARTED = 100;
  private static final Duration LINGER_COMPLETED = Duration.ofMillis(20);
  private static final Duration LINGER_STARTED = Duration.ofMillis(50);

  /** The leader looks for tasks to raise every 20 s: a younger one was not raised. */
  private static final Duration NOT_RAISED = Duration.ofSeconds(20);

  private final LoopPorts ports;
  private final InstantSource clock;
  private final Batch<PendingTask> started;
  private final Batch<Lease<Task>> completed;

  Batches(LoopPorts ports, InstantSource clock) {
    this.ports = ports;
    this.clock = clock;
    this.started = new Batch<>("removal from the backlog", STARTED, LINGER_STARTED, this::remove);
    this.completed = new Batch<>("completion", COMPLETED, LINGER_COMPLETED, this::complete);
  }

  void start() {
    started.start();
    completed.start();
  }

  /** Gives a number for {@link #awaitStarted}. */
  long started(PendingTask task) {
    return started.add(task);
  }

  /** Waits until the entry has left the backlog, so that it can enter it again. */
  void awaitStarted(long number) {
    started.await(number);
  }

  /** Waits until all that was started has left the backlog. */
  void settleStarted() {
    started.settle();
  }

  void completed(Lease<Task> lease) {
    completed.add(lease);
  }

  void flush() {
    started.flush();
    completed.flush();
  }

  private void remove(List<PendingTask> tasks) throws IOException {
    ports.backlog().remove(tasks.stream().flatMap(this::alsoRaised).toList());
  }

  /**
   * A task that was raised to a more urgent class has its entry there, while a message of its old
   * class may be what was received: both entries go, else one would be thought to wait.
   */
  private Stream<PendingTask> alsoRaised(PendingTask task) {
    boolean raised =
        task.deadline() != null || clock.instant().isAfter(task.enqueuedAt().plus(NOT_RAISED));
    WorkClass own = task.workClass();
    return !raised
        ? Stream.of(task)
        : WorkClass.of(own.kind()).stream()
            .filter(it -> it.priority().compareTo(own.priority()) <= 0)
            .map(task::withClass);
  }

  private void complete(List<Lease<Task>> leases) throws IOException {
    Map<WorkClass, List<Lease<Task>>> byClass = new HashMap<>();
    for (Lease<Task> lease : leases) {
      byClass.computeIfAbsent(lease.body().workClass(), _ -> new ArrayList<>()).add(lease);
    }
    for (Map.Entry<WorkClass, List<Lease<Task>>> entry : byClass.entrySet()) {
      ports.queues().of(entry.getKey()).completeAll(entry.getValue());
    }
  }

  @Override
  public void close() {
    started.close();
    completed.close();
  }
}
