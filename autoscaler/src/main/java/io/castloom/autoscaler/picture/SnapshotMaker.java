package io.castloom.autoscaler.picture;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.Observations;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.QueueCounts;
import io.castloom.domain.scaling.Signal;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.scaling.WaitingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the tick's readings together. Messages that no entry shows, as after an instance died with
 * its tasks, count as waiting once the queue has said so for longer than its counts may err.
 */
public final class SnapshotMaker {

  private static final Duration COUNTS_ERR = Duration.ofSeconds(45);

  private final Map<Lane, Instant> surplusSince = new HashMap<>();

  /** Of tasks that said they would come later, since when they have been listed. */
  private final Map<String, Instant> firstSeen = new HashMap<>();

  /** Everything but the queues. */
  public record Rest(
      long epoch,
      @Nullable Instant heartbeatsReadAt,
      @Nullable Instant fleetReadAt,
      @Nullable Instant heardSince,
      List<InstanceView> instances,
      List<Announcement> announcements,
      Observations observations,
      PlannerMemory memory) {}

  /** The snapshot for a decision. */
  public Snapshot make(QueueReading queues, Rest rest, Instant now) {
    List<WaitingTask> waiting = new ArrayList<>(begun(queues.waiting(), now));
    List<QueueCounts> counts = queues.laneCounts(now);
    if (queues.indexReadAt() != null && queues.complete()) {
      for (QueueCounts count : counts) {
        addUnlisted(count, queues.released(count.lane()), waiting, now);
      }
    }
    return new Snapshot(
        now,
        rest.epoch(),
        new Signal(
            queues.indexReadAt(),
            rest.heartbeatsReadAt(),
            rest.fleetReadAt(),
            queues.complete(),
            rest.heardSince()),
        waiting,
        counts,
        rest.instances(),
        rest.announcements(),
        rest.observations(),
        rest.memory());
  }

  /** What a clock that is ahead says will begin to wait began when it was first seen. */
  private List<WaitingTask> begun(List<WaitingTask> listed, Instant now) {
    Map<String, Instant> seen = new HashMap<>();
    List<WaitingTask> all = new ArrayList<>(listed.size());
    for (WaitingTask task : listed) {
      Instant first = firstSeen.get(task.id());
      if (first == null && !task.enqueuedAt().isAfter(now)) {
        all.add(task);
        continue;
      }
      Instant since = first == null ? now : first;
      seen.put(task.id(), since);
      all.add(
          new WaitingTask(
              task.id(), task.lane(), task.account(), task.profile(), since, task.estimate()));
    }
    firstSeen.clear();
    firstSeen.putAll(seen);
    return all;
  }

  private void addUnlisted(
      QueueCounts count, long released, List<WaitingTask> waiting, Instant now) {
    long surplus = count.visible() - released;
    if (surplus <= 0) {
      surplusSince.remove(count.lane());
      return;
    }
    Instant since = surplusSince.computeIfAbsent(count.lane(), _ -> now);
    if (now.isBefore(since.plus(COUNTS_ERR))) {
      return;
    }
    for (int i = 0; i < Math.min(surplus, 10_000); i++) {
      waiting.add(
          new WaitingTask("unlisted-" + count.lane() + "-" + i, count.lane(), "", "", since, null));
    }
  }
}
