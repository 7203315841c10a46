package io.castloom.service.jobs;

import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.QueueCounts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heals the backlog. An entry whose message was lost gets it again; an entry whose task was started
 * or ended, or whose job is gone, is removed.
 *
 * <p>Whether a message exists cannot be asked. Evidence is a queue that says it holds fewer than
 * wait in the backlog, for longer than the bound in which its counts converge ({@link #BOUND} on
 * SQS); without evidence a message is sent again after {@link #ANYWAY}, and ever more seldom after
 * that. Windowed release keeps the entries that have a message few, so this stays cheap. A message
 * too many is harmless.
 *
 * <p>One thread uses it at a time. It remembers what it saw, so it works best in one place.
 */
public final class Sweeper {

  /** SQS's counts converge within a minute; twice that, to be sure. */
  public static final Duration BOUND = Duration.ofMinutes(2);

  /** After this a message is sent again although nothing says that it was lost. */
  public static final Duration ANYWAY = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int MAX_READ = 20_000;
  private static final int MAX_SENT = 200;

  private final JobStore jobs;
  private final Backlog backlog;
  private final WorkQueues queues;
  private final Dispatcher dispatcher;
  private final Duration bound;
  private final InstantSource clock;
  private final Map<PendingTask, Seen> seen = new HashMap<>();

  private record Seen(Instant since, int sent) {
    boolean longerThan(Duration time, Instant now) {
      return !now.isBefore(since.plus(time));
    }
  }

  /**
   * What a sweep did.
   *
   * @param sent messages sent again
   * @param removed entries removed, because their task had been started or their job was gone
   */
  public record Swept(int sent, int removed) {
    Swept plus(Swept other) {
      return new Swept(sent + other.sent, removed + other.removed);
    }
  }

  /**
   * @param bound an entry that this sweeper has seen for less is left alone
   */
  public Sweeper(
      JobStore jobs,
      Backlog backlog,
      WorkQueues queues,
      Dispatcher dispatcher,
      Duration bound,
      InstantSource clock) {
    this.jobs = jobs;
    this.backlog = backlog;
    this.queues = queues;
    this.dispatcher = dispatcher;
    this.bound = bound;
    this.clock = clock;
  }

  /** How long something must be amiss before it is healed. */
  public Duration bound() {
    return bound;
  }

  /** Sweeps the classes of some kinds. A fault in one keeps no other from being swept. */
  public Swept sweep(List<TaskKind> kinds) {
    Swept all = new Swept(0, 0);
    for (TaskKind kind : kinds) {
      for (WorkClass workClass : WorkClass.of(kind)) {
        try {
          all = all.plus(sweep(workClass));
        } catch (IOException e) {
          LOG.warn("{} was not swept, it will be next time: {}", workClass.slug(), e.toString());
        }
      }
    }
    return all;
  }

  private Swept sweep(WorkClass workClass) throws IOException {
    Instant now = clock.instant();
    List<PendingTask> released =
        BacklogView.read(backlog, workClass, MAX_READ).stream()
            .filter(task -> !task.held())
            .toList();
    Set<PendingTask> there = new HashSet<>(released);
    seen.keySet().removeIf(task -> task.workClass().equals(workClass) && !there.contains(task));
    List<PendingTask> old = new ArrayList<>();
    for (PendingTask task : released) {
      if (seen.computeIfAbsent(task, _ -> new Seen(now, 0)).longerThan(bound, now)) {
        old.add(task);
      }
    }
    if (old.isEmpty()) {
      return new Swept(0, 0);
    }
    QueueCounts counts = queues.of(workClass).counts();
    long missing = released.size() - counts.visible() - counts.delayed();
    int sent = 0;
    int removed = 0;
    for (PendingTask task : old) {
      Seen how = seen.getOrDefault(task, new Seen(now, 0));
      boolean overdue = how.longerThan(ANYWAY.multipliedBy(1L << Math.min(how.sent(), 6)), now);
      if (sent >= MAX_SENT || (sent >= missing && !overdue)) {
        continue;
      }
      try {
        if (isDeadEntry(task)) {
          backlog.remove(List.of(task));
          seen.remove(task);
          removed++;
        } else if (sendAgain(task)) {
          seen.put(task, new Seen(now, how.sent() + 1));
          sent++;
        }
      } catch (IOException e) {
        LOG.warn("{} was not looked after, it will be next time: {}", task.task(), e.toString());
      }
    }
    if (sent + removed > 0) {
      LOG.info(
          "swept {}: {} messages sent again, {} entries removed", workClass.slug(), sent, removed);
    }
    return new Swept(sent, removed);
  }

  private boolean sendAgain(PendingTask task) throws IOException {
    Optional<Task> message = backlog.message(task);
    if (message.isPresent()) {
      dispatcher.sendAgain(message.get());
    }
    return message.isPresent();
  }

  /** Whether the task was started (its worker died before it removed the entry) or has no job. */
  private boolean isDeadEntry(PendingTask task) throws IOException {
    Optional<TaskRecord> record = jobs.find(task.account(), task.task());
    if (record.isPresent()) {
      return switch (record.get().state()) {
        case RUNNING, DONE, REJECTED, DEAD, CANCELLED -> true;
        case WAITING -> false;
      };
    }
    return jobs.find(task.account(), task.task().job()).isEmpty();
  }
}
