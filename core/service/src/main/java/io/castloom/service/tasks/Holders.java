package io.castloom.service.tasks;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.TaskRecord;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.FleetView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the instance that a record says runs a task is still at it, as its heartbeats tell. A
 * message's count of deliveries does not: SQS delivers at least once, and every answer "busy"
 * raises the count.
 *
 * <p>Nothing is stranded by it. An instance counts as being at a task for half a lease after its
 * last heartbeat that named the task, and the next question is put within another half, so a task
 * whose holder died or dropped it is taken over within one lease, also when no leader reads
 * heartbeats any more. A clock that is far off only has a task done twice, which is harmless.
 */
final class Holders {

  private static final Logger LOG = LoggerFactory.getLogger(Holders.class);

  /** A status is written on each of the leader's ticks, 10 s apart. */
  private static final Duration STATUS_AGE = Duration.ofSeconds(5);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration JUST_BEGUN_WAIT = Duration.ofSeconds(20);

  /** After so many heartbeats one of them has reached the leader and its status. */
  private static final int HEARTBEATS_UNTIL_KNOWN = 3;

  private final InstanceId me;
  private final FleetView fleet;
  private final Duration half;
  private final Duration unheard;
  private final InstantSource clock;

  /** What is known of a task's holder. */
  sealed interface Answer {
    /** It is at it; ask again after this. */
    record AtIt(Duration askAgain) implements Answer {}

    /** It is heard of, and does not have the task. */
    record Gone() implements Answer {}

    /** Nobody has heard of it. */
    record Unknown() implements Answer {}
  }

  Holders(InstanceId me, FleetView fleet, LoopSettings settings, InstantSource clock) {
    this.me = me;
    this.fleet = fleet;
    this.half = settings.visibility().dividedBy(2);
    this.unheard = shorter(half, settings.heartbeatEvery().multipliedBy(HEARTBEATS_UNTIL_KNOWN));
    this.clock = clock;
  }

  /** What the last holder of a task does that its record says is running. */
  Answer of(TaskRecord record) {
    Attempt last = record.attempts().isEmpty() ? null : record.attempts().getLast();
    if (last == null) {
      return new Answer.Unknown();
    }
    if (last.instance().equals(me.value())) {
      return new Answer.Gone(); // what this process holds it knows; an earlier process has ended
    }
    Instant now = clock.instant();
    for (FleetStatus.Member member : members()) {
      Instant heardAt = member.heardAt();
      if (!member.id().value().equals(last.instance())
          || heardAt == null
          || !isWithin(half, heardAt, now)) {
        continue;
      }
      if (member.running().stream().anyMatch(it -> it.task().equals(record.task()))) {
        return new Answer.AtIt(shorter(half, LONGEST_WAIT));
      }
      if (heardAt.isAfter(last.startedAt().plus(LoopSettings.MARGIN))) {
        return new Answer.Gone();
      }
    }
    return isWithin(unheard, last.startedAt(), now)
        ? new Answer.AtIt(shorter(half, JUST_BEGUN_WAIT))
        : new Answer.Unknown();
  }

  private List<FleetStatus.Member> members() {
    try {
      return fleet.status(STATUS_AGE).map(FleetStatus::members).orElse(List.of());
    } catch (IOException e) {
      LOG.warn("the fleet's status cannot be read: {}", e.toString());
      return List.of();
    }
  }

  /** Other clocks may be ahead of this one by a little, not by much. */
  private static boolean isWithin(Duration time, Instant at, Instant now) {
    return now.isBefore(at.plus(time)) && now.isAfter(at.minus(LoopSettings.MARGIN));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
