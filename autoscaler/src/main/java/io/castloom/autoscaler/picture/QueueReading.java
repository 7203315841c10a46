package io.castloom.autoscaler.picture;

import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WaitingTask;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.jobs.WorkQueues;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues as they were read in one tick.
 *
 * @param indexReadAt null when the backlog could not be read
 * @param complete false when more waits than was read
 */
public record QueueReading(
    List<PendingTask> pending,
    Map<WorkClass, io.castloom.domain.queue.QueueCounts> counts,
    @Nullable Instant indexReadAt,
    boolean complete) {

  private static final Logger LOG = LoggerFactory.getLogger(QueueReading.class);
  private static final int PAGE = 1_000;
  private static final int MAX_PAGES = 50;

  public QueueReading {
    pending = List.copyOf(pending);
    counts = Map.copyOf(counts);
  }

  /** Reads backlog and counts. What cannot be read is absent, and logged. */
  public static QueueReading read(Backlog backlog, WorkQueues queues, Instant now) {
    List<PendingTask> pending = new ArrayList<>();
    boolean complete = true;
    Instant readAt = now;
    try {
      for (WorkClass workClass : WorkClass.all()) {
        complete &= readAll(backlog, workClass, pending);
      }
    } catch (IOException e) {
      LOG.warn("the backlog cannot be read, the queues' counts stand in: {}", e.toString());
      readAt = null;
    }
    Map<WorkClass, io.castloom.domain.queue.QueueCounts> counts = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      try {
        counts.put(workClass, queues.of(workClass).counts());
      } catch (IOException e) {
        LOG.warn("{} cannot be counted: {}", workClass.slug(), e.toString());
      }
    }
    return new QueueReading(readAt == null ? List.of() : pending, counts, readAt, complete);
  }

  private static boolean readAll(Backlog backlog, WorkClass workClass, List<PendingTask> into)
      throws IOException {
    @Nullable PendingTask last = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      Backlog.Page some = backlog.oldest(workClass, last, PAGE);
      into.addAll(some.tasks());
      if (!some.more() || some.tasks().isEmpty()) {
        return true;
      }
      last = some.tasks().getLast();
    }
    return false;
  }

  List<WaitingTask> waiting() {
    return pending.stream()
        .map(
            task ->
                new WaitingTask(
                    task.task().toString(),
                    Translation.lane(task.workClass()),
                    task.account().value(),
                    task.task().work(),
                    task.enqueuedAt(),
                    task.estimate()))
        .toList();
  }

  List<io.castloom.domain.scaling.QueueCounts> laneCounts(Instant now) {
    List<io.castloom.domain.scaling.QueueCounts> all = new ArrayList<>();
    counts.forEach(
        (workClass, count) ->
            all.add(
                new io.castloom.domain.scaling.QueueCounts(
                    Translation.lane(workClass), count.visible(), count.inFlight(), now)));
    return all;
  }

  /** Entries of a lane that have a message. */
  long released(Lane lane) {
    return pending.stream()
        .filter(task -> !task.held() && Translation.lane(task.workClass()).equals(lane))
        .count();
  }

  /** What waits, by class, for everybody. */
  public Map<WorkClass, FleetStatus.Waiting> byClass(Instant now) {
    Map<WorkClass, FleetStatus.Waiting> all = new HashMap<>();
    for (PendingTask task : pending) {
      FleetStatus.Waiting before = all.getOrDefault(task.workClass(), FleetStatus.Waiting.NOTHING);
      Duration wait = Duration.between(task.enqueuedAt(), now);
      Duration oldest = wait.compareTo(before.oldestWait()) > 0 ? wait : before.oldestWait();
      all.put(
          task.workClass(),
          new FleetStatus.Waiting(before.tasks() + 1, oldest, before.work().plus(task.estimate())));
    }
    return all;
  }
}
