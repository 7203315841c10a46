package io.castloom.service.jobs;

import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises tasks that wait too long by one class, and those of a job whose deadline is near to the
 * highest: the whole backlog is looked at, since a deadline says nothing about a place in it. A
 * task keeps the time at which it began to wait, and its account's window and weight hold in its
 * new class as well.
 */
public final class Escalation {

  private static final Logger LOG = LoggerFactory.getLogger(Escalation.class);

  /** In one go; the rest follows. */
  private static final int MAX_MOVED = 200;

  private final Backlog backlog;
  private final Dispatcher dispatcher;
  private final Rules rules;
  private final InstantSource clock;

  /**
   * When a task rises.
   *
   * @param normalAfter a normal task becomes high after it waited this long; zero for never
   * @param bulkAfter a bulk task becomes normal after it waited this long; zero for never
   * @param deadlineLead a task becomes high when its job's deadline is nearer than this and its own
   *     length together; zero for never
   */
  public record Rules(Duration normalAfter, Duration bulkAfter, Duration deadlineLead) {
    /** What is done when nothing is set. */
    public static final Rules DEFAULT =
        new Rules(Duration.ZERO, Duration.ofHours(12), Duration.ofMinutes(15));

    public Rules {
      if (normalAfter.isNegative() || bulkAfter.isNegative() || deadlineLead.isNegative()) {
        throw new IllegalArgumentException("a time to rise after is not negative");
      }
    }

    /** The class that a waiting task belongs into now. */
    Priority of(PendingTask task, Instant now) {
      Priority own = task.workClass().priority();
      Instant deadline = task.deadline();
      if (deadline != null
          && !deadlineLead.isZero()
          && now.isAfter(deadline.minus(deadlineLead).minus(task.estimate()))) {
        return Priority.HIGH;
      }
      return switch (own) {
        case HIGH -> Priority.HIGH;
        case NORMAL -> waited(task, normalAfter, now) ? Priority.HIGH : own;
        case BULK -> waited(task, bulkAfter, now) ? Priority.NORMAL : own;
      };
    }

    private static boolean waited(PendingTask task, Duration time, Instant now) {
      return !time.isZero() && now.isAfter(task.enqueuedAt().plus(time));
    }
  }

  public Escalation(Backlog backlog, Dispatcher dispatcher, Rules rules, InstantSource clock) {
    this.backlog = backlog;
    this.dispatcher = dispatcher;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Raises what is due, those with a deadline first.
   *
   * @return how many tasks
   */
  public int raise() throws IOException {
    Instant now = clock.instant();
    List<Rise> due = new ArrayList<>();
    for (TaskKind kind : TaskKind.values()) {
      for (Priority priority : List.of(Priority.NORMAL, Priority.BULK)) {
        WorkClass from = new WorkClass(kind, priority);
        BacklogView.forEach(
            backlog,
            from,
            task -> {
              WorkClass to = new WorkClass(kind, rules.of(task, now));
              if (!to.equals(from)) {
                due.add(new Rise(task, to));
              }
            });
      }
    }
    due.sort(Comparator.comparing((Rise rise) -> !rise.isWanted()).thenComparing(Rise::by));
    List<Rise> first = due.subList(0, Math.min(MAX_MOVED, due.size()));
    Set<WorkClass> raisedTo = new LinkedHashSet<>();
    first.forEach(rise -> raisedTo.add(rise.to));
    List<Boolean> all = InParallel.map(first, rise -> dispatcher.move(rise.task, rise.to));
    int moved = Collections.frequency(all, true);
    for (WorkClass workClass : raisedTo) {
      dispatcher.releaseHeld(workClass, Integer.MAX_VALUE);
    }
    if (moved > 0) {
      LOG.info("{} tasks raised: they waited long, or their deadline is near", moved);
    }
    return moved;
  }

  /** A task that is to rise. */
  private record Rise(PendingTask task, WorkClass to) {
    boolean isWanted() {
      return task.deadline() != null && to.priority() == Priority.HIGH;
    }

    Instant by() {
      Instant deadline = task.deadline();
      return deadline != null && isWanted() ? deadline : task.enqueuedAt();
    }
  }
}
