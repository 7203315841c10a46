package io.castloom.service.tasks;

import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be done for several tasks in one call: started ones leave the backlog, done ones end.
 */
final class Batches implements AutoCloseable {

  /** SQS takes ten deletes at a time. */
  private static final int COMPLETED = 10;

  private static final int STARTED = 100;
  private static final Duration LINGER_COMPLETED = Duration.ofMillis(20);
  private static final Duration LINGER_STARTED = Duration.ofMillis(50);

  private final LoopPorts ports;
  private final Batch<PendingTask> started;
  private final Batch<Lease<Task>> completed;

  Batches(LoopPorts ports) {
    this.ports = ports;
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
    ports.backlog().remove(tasks);
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
