package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the snapshot can be believed. Doubt never launches too few and never drains: an old or
 * contradictory source forbids scale-in, an unreadable index is replaced by the queues' own counts.
 *
 * @param waiting the tasks to reckon with
 * @param mayScaleIn whether anything may be drained
 * @param notes what was doubted, for the explanation
 */
record SignalCheck(List<WaitingTask> waiting, boolean mayScaleIn, List<String> notes) {
  static SignalCheck of(Snapshot snapshot, ScalingSettings settings) {
    List<String> notes = new ArrayList<>();
    Duration limit = settings.tuning().staleAfter();
    Signal signal = snapshot.signal();
    boolean indexStale = stale(signal.indexReadAt(), snapshot.at(), limit);
    boolean in = true;
    in &= fresh("the pending index", signal.indexReadAt(), snapshot.at(), limit, notes);
    in &= fresh("the heartbeats", signal.heartbeatsReadAt(), snapshot.at(), limit, notes);
    in &= fresh("the fleet's list", signal.fleetReadAt(), snapshot.at(), limit, notes);

    Map<Lane, Integer> listed = new HashMap<>();
    snapshot.waiting().forEach(task -> listed.merge(task.lane(), 1, Integer::sum));
    Map<WorkKind, Integer> running = new HashMap<>();
    for (InstanceView instance : snapshot.instances()) {
      running.merge(instance.kind(), instance.running().size(), Integer::sum);
    }
    List<WaitingTask> waiting = snapshot.waiting();
    Map<WorkKind, Long> inFlight = new HashMap<>();
    for (QueueCounts counts : snapshot.counts()) {
      if (stale(counts.readAt(), snapshot.at(), limit)) {
        continue;
      }
      inFlight.merge(counts.lane().kind(), counts.inFlight(), Long::sum);
      int known = listed.getOrDefault(counts.lane(), 0);
      long missing = counts.visible() - known;
      if (indexStale || !signal.indexComplete()) {
        if (missing > 0) {
          waiting = filled(waiting, counts, (int) Math.min(missing, 1_000_000), snapshot);
          notes.add(
              missing + " tasks of " + counts.lane() + " are known from the queue's count alone");
        }
      } else if (missing > 2 + 0.1 * counts.visible()) {
        in = false;
        notes.add(
            counts.lane()
                + ": the queue counts "
                + counts.visible()
                + " visible, the index lists "
                + known
                + "; nothing is drained until they agree");
      }
    }
    for (Map.Entry<WorkKind, Long> held : inFlight.entrySet()) {
      int known = running.getOrDefault(held.getKey(), 0);
      if (held.getValue() > known + 2 + 0.2 * known) {
        in = false;
        notes.add(
            "the queues count "
                + held.getValue()
                + " tasks in flight, the heartbeats show "
                + known
                + "; nothing is drained until they agree");
      }
    }
    return new SignalCheck(waiting, in, notes);
  }

  private static boolean fresh(
      String source, @Nullable Instant readAt, Instant at, Duration limit, List<String> notes) {
    if (!stale(readAt, at, limit)) {
      return true;
    }
    notes.add(
        readAt == null
            ? source + " could not be read: nothing is drained"
            : source
                + " is "
                + Durations.words(Durations.seconds(readAt, at))
                + " old: nothing is drained");
    return false;
  }

  private static boolean stale(@Nullable Instant readAt, Instant at, Duration limit) {
    return readAt == null || readAt.plus(limit).isBefore(at);
  }

  /**
   * Stand-ins for tasks that only the queue's count shows; when they came is unknown, so they have
   * just come.
   */
  private static List<WaitingTask> filled(
      List<WaitingTask> waiting, QueueCounts counts, int missing, Snapshot snapshot) {
    List<WaitingTask> all = new ArrayList<>(waiting);
    PlannerMemory memory = snapshot.memory();
    double rate = Math.max(memory.lane(counts.lane()).arrivals().estimate().perSecond(), 1e-3);
    for (int i = 0; i < missing; i++) {
      // the oldest first, spread as arrivals at the known rate would be, and never older than a few
      // minutes
      double age = Math.min(240, (missing - 1 - i) / rate);
      Instant enqueued = snapshot.at().minusMillis((long) (age * 1000));
      all.add(
          new WaitingTask(
              "count-" + counts.lane() + "-" + i, counts.lane(), "", "", enqueued, null));
    }
    return all;
  }
}
