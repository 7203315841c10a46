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
 *
 * <p>Each message given back costs a delivery, and a look at its record by the next who receives
 * it. So looks that brought nothing are followed by ever more requests without one, up to {@code
 * 15}; the first that brings something starts over.
 */
final class Choice {

  /** A request brings ten messages at most (SQS's limit). */
  private static final int MAX_RECEIVE = 10;

  private static final int MAX_FRUITLESS = 4;

  private final TaskHandler handler;
  private final Counter near;
  private final Counter passed;
  private int fruitless;
  private int unlooked;

  /**
   * What was decided of the messages that came.
   *
   * @param taken in the order of preference
   */
  record Made(List<Lease<Task>> taken, List<Lease<Task>> left) {
    Made {
      taken = List.copyOf(taken);
      left = List.copyOf(left);
    }
  }

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
  synchronized int toAskFor(int wanted) {
    if (unlooked > 0) {
      unlooked--;
      return wanted;
    }
    return Math.min(MAX_RECEIVE, wanted + Math.max(0, handler.choice()));
  }

  /** Decides which to take, of those that came. */
  Made among(List<Lease<Task>> came, int wanted) {
    List<Lease<Task>> ordered = new ArrayList<>(came);
    ordered.sort(Comparator.comparingInt(this::rank));
    int taken = Math.min(wanted, came.size());
    Made made = new Made(ordered.subList(0, taken), ordered.subList(taken, ordered.size()));
    List<Lease<Task>> atHand = made.taken.stream().filter(this::hasInputs).toList();
    near.increment(atHand.size());
    passed.increment(made.left.size());
    if (!made.left.isEmpty()) {
      learn(came.subList(taken, came.size()).stream().anyMatch(atHand::contains));
    }
    return made;
  }

  private synchronized void learn(boolean gained) {
    fruitless = gained ? 0 : Math.min(MAX_FRUITLESS, fruitless + 1);
    unlooked = (1 << fruitless) - 1;
  }

  private int rank(Lease<Task> lease) {
    if (lease.receiveCount() > 1) {
      return 0;
    }
    return hasInputs(lease) ? 1 : 2;
  }

  private boolean hasInputs(Lease<Task> lease) {
    return handler.hasInputs(lease.body());
  }
}
