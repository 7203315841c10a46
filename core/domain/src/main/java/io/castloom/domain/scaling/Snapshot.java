package io.castloom.domain.scaling;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Everything a decision may depend on besides the settings.
 *
 * @param at the tick's instant
 * @param epoch the leader's fencing epoch; goes into every launch token
 * @param signal how old each source is
 * @param waiting the tasks nobody has started, in any order
 * @param counts the queues' own counts, at most one a lane
 * @param instances all instances of this environment that are not gone
 * @param announcements work known ahead
 * @param observations what happened since the snapshot before
 * @param memory what the decision before handed on
 */
public record Snapshot(
    Instant at,
    long epoch,
    Signal signal,
    List<WaitingTask> waiting,
    List<QueueCounts> counts,
    List<InstanceView> instances,
    List<Announcement> announcements,
    Observations observations,
    PlannerMemory memory) {
  public Snapshot {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(signal, "signal");
    waiting = List.copyOf(waiting);
    counts = List.copyOf(counts);
    instances = List.copyOf(instances);
    announcements = List.copyOf(announcements);
    Objects.requireNonNull(observations, "observations");
    Objects.requireNonNull(memory, "memory");
  }
}
