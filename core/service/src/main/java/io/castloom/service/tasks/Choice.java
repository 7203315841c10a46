package io.castloom.service.tasks;

import io.castloom.domain.job.Task;
import io.castloom.domain.queue.Lease;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Prefers tasks whose inputs are at hand. A queue lets nobody choose, so a few messages more than
 * there is room for are taken, and those that are not wanted given back at once. A task that was
 * given back once goes before all others wherever it comes next, so the preference delays none for
 * long.
 */
final class Choice {

  /** A request brings ten messages at most (SQS's limit). */
  private static final int MAX_RECEIVE = 10;

  private final TaskHandler handler;
  private final Counter near;
  private final Counter passed;

  /**
   * @param near tasks taken whose inputs were at hand
   * @param passed messages given back
   */
  private Choice(TaskHandler handler, Counter near, Counter passed) {
    this.handler = handler;
    this.near = near;
    this.passed = passed;
  }

  static Choice of(TaskHandler handler, MeterRegistry registry) {
    return new Choice(
        handler,
        Counter.builder("castloom.tasks.near").register(registry),
        Counter.builder("castloom.tasks.passed.on").register(registry));
  }

  /** How many to ask for. */
  int among(int wanted) {
    return Math.min(MAX_RECEIVE, wanted + Math.max(0, handler.choice()));
  }

  /** The messages in the order of preference. */
  List<Lease<Task>> order(List<Lease<Task>> came) {
    List<Lease<Task>> ordered = new ArrayList<>(came);
    ordered.sort(Comparator.comparingInt(this::rank));
    return ordered;
  }

  private int rank(Lease<Task> lease) {
    if (lease.receiveCount() > 1) {
      return 0;
    }
    return handler.hasInputs(lease.body()) ? 1 : 2;
  }

  /** So it was decided. */
  void made(List<Lease<Task>> taken, List<Lease<Task>> left) {
    near.increment(
        (double) taken.stream().filter(lease -> handler.hasInputs(lease.body())).count());
    passed.increment(left.size());
  }
}
