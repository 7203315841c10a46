package io.castloom.autoscaler;

import io.castloom.autoscaler.keep.DecisionStore;
import io.castloom.autoscaler.keep.TaskHistory;
import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.service.fleet.FleetStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears up: drained instances that did not end by themselves, instances that fell silent, those
 * that quarantined themselves, control queues of instances that are gone, old decisions.
 */
final class Janitor {

  /** An orphan is left alone for this long. */
  static final Duration GRACE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);

  private final ControlChannel control;
  private final ActionRunner actions;
  private final FleetBook book;
  private final DecisionStore decisions;
  private final TaskHistory history;
  private final Map<InstanceId, Instant> orphanQueues = new HashMap<>();
  private final Set<InstanceId> quarantined = new HashSet<>();
  private @Nullable Instant forgotAt;

  /** Orphans that were found and are not yet removed. */
  record Found(int instances, int controlQueues) {}

  Janitor(
      ControlChannel control,
      ActionRunner actions,
      FleetBook book,
      DecisionStore decisions,
      TaskHistory history) {
    this.control = control;
    this.actions = actions;
    this.book = book;
    this.decisions = decisions;
    this.history = history;
  }

  Found run(List<FleetStatus.Member> members, Instant now) throws IOException {
    int silent = 0;
    for (FleetStatus.Member member : members) {
      silent += look(member, now) ? 1 : 0;
    }
    int queues = removeOrphanQueues(members, now);
    if (forgotAt == null || now.isAfter(forgotAt.plus(FORGET_EVERY))) {
      forgotAt = now;
      int removed = decisions.forget(now) + history.forget(now);
      LOG.debug("{} old decisions and histories removed", removed);
    }
    return new Found(silent, queues);
  }

  /** Whether the instance is an orphan. */
  private boolean look(FleetStatus.Member member, Instant now) {
    boolean ours = !member.guest();
    return switch (member.state()) {
      case LOST -> {
        Instant heard = Objects.requireNonNullElse(member.heardAt(), now);
        if (ours && now.isAfter(heard.plus(GRACE))) {
          actions.giveUp(member.id(), "nothing was heard of it since " + heard);
        }
        yield ours;
      }
      case QUARANTINED -> {
        if (quarantined.add(member.id())) {
          actions.drain(
              member.id(),
              "tasks keep failing on it and succeed elsewhere",
              ActionRunner.DRAIN_DEADLINE);
        }
        yield false;
      }
      case DRAINING -> {
        Instant until = book.drainUntil(member.id());
        if (ours && until != null && now.isAfter(until)) {
          actions.giveUp(member.id(), "it was to be drained by " + until);
        }
        yield false;
      }
      case STOPPING -> {
        // it said that it stopped; the machine below it must not go on being paid for
        if (ours && member.heardAt() != null) {
          actions.giveUp(member.id(), "its process has ended");
        }
        yield false;
      }
      case BOOTING, WORKING, PAUSED -> false;
    };
  }

  private int removeOrphanQueues(List<FleetStatus.Member> members, Instant now) throws IOException {
    Set<InstanceId> alive = new HashSet<>();
    members.forEach(member -> alive.add(member.id()));
    List<InstanceId> listening = control.list();
    orphanQueues.keySet().retainAll(listening);
    for (InstanceId id : listening) {
      if (alive.contains(id)) {
        orphanQueues.remove(id);
      } else if (now.isAfter(orphanQueues.computeIfAbsent(id, _ -> now).plus(GRACE))) {
        LOG.info("control queue of {} is removed: the instance is gone", id);
        control.remove(id);
        orphanQueues.remove(id);
      }
    }
    return orphanQueues.size();
  }
}
