package io.castloom.autoscaler.picture;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.RunningTask;
import io.castloom.service.fleet.FleetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An instance as its fleet and its heartbeats together show it.
 *
 * @param listed as the fleet last listed it; null for one that only its heartbeats show
 * @param beat its last heartbeat, null before the first
 * @param heardAt when that came, by the autoscaler's clock
 * @param joinedAt when the first one came that said it works
 * @param idleSince since when it has had no task; null while it has one
 * @param drainUntil when its drain must have ended; null while it is not drained
 */
record KnownInstance(
    @Nullable Instance listed,
    @Nullable Heartbeat beat,
    @Nullable Instant heardAt,
    @Nullable Instant joinedAt,
    @Nullable Instant idleSince,
    @Nullable Instant drainUntil) {

  /** Heartbeats come every 15 s; after six of them missed nothing is expected of an instance. */
  static final Duration SILENT = Duration.ofSeconds(90);

  static KnownInstance of(Instance listed) {
    return new KnownInstance(listed, null, null, null, null, null);
  }

  /** As a former leader described it. */
  static KnownInstance recalled(FleetStatus.Member member) {
    Instant launched = member.launchedAt();
    Instance listed =
        launched == null || member.market() == null
            ? null
            : new Instance(
                member.id(),
                member.kind(),
                InstanceState.RUNNING,
                member.market(),
                member.type(),
                launched,
                Map.of());
    Instant heard = member.heardAt();
    Instant joined = Objects.requireNonNull(member.joinedAt());
    Heartbeat.Mode mode =
        switch (member.state()) {
          case BOOTING -> Heartbeat.Mode.STARTING;
          case WORKING, LOST -> Heartbeat.Mode.WORKING;
          case PAUSED -> Heartbeat.Mode.PAUSED;
          case DRAINING -> Heartbeat.Mode.DRAINING;
          case QUARANTINED -> Heartbeat.Mode.QUARANTINED;
          case STOPPING -> Heartbeat.Mode.STOPPED;
        };
    Heartbeat beat =
        heard == null
            ? null
            : new Heartbeat(
                member.id(),
                member.kind(),
                mode,
                member.slots(),
                heard,
                joined,
                member.encoder(),
                member.running(),
                List.of(),
                List.of());
    return new KnownInstance(listed, beat, heard, joined, null, null);
  }

  KnownInstance withListed(@Nullable Instance instance) {
    return new KnownInstance(instance, beat, heardAt, joinedAt, idleSince, drainUntil);
  }

  KnownInstance withDrain(Instant until) {
    return new KnownInstance(listed, beat, heardAt, joinedAt, idleSince, until);
  }

  KnownInstance heard(Heartbeat next, Instant at) {
    boolean works = next.mode() == Heartbeat.Mode.WORKING;
    Instant idle = null;
    if (next.running().isEmpty()) {
      idle = idleSince != null && next.done().isEmpty() ? idleSince : at;
    }
    return new KnownInstance(
        listed, next, at, joinedAt == null && works ? at : joinedAt, idle, drainUntil);
  }

  boolean isSilent(Instant now) {
    return heardAt != null && now.isAfter(heardAt.plus(SILENT));
  }

  FleetStatus.State state(Instant now) {
    Instance known = listed;
    if (known != null && known.state() == InstanceState.STOPPING) {
      return FleetStatus.State.STOPPING;
    }
    Heartbeat last = beat;
    if (last == null && joinedAt == null) {
      return FleetStatus.State.BOOTING;
    }
    if (last == null && !isSilent(now)) {
      return FleetStatus.State.WORKING; // a former leader heard of it
    }
    if (last == null || isSilent(now)) {
      return FleetStatus.State.LOST;
    }
    return switch (last.mode()) {
      case STARTING -> FleetStatus.State.BOOTING;
      case WORKING -> drainUntil == null ? FleetStatus.State.WORKING : FleetStatus.State.DRAINING;
      case PAUSED -> FleetStatus.State.PAUSED;
      case DRAINING -> FleetStatus.State.DRAINING;
      case QUARANTINED -> FleetStatus.State.QUARANTINED;
      case STOPPED -> FleetStatus.State.STOPPING;
    };
  }

  private static List<RunningTask> running(Heartbeat last) {
    return last.running().stream()
        .map(
            task ->
                new RunningTask(
                    task.task().toString(),
                    Translation.urgency(task.workClass()),
                    task.task().work(),
                    task.since(),
                    task.estimate()))
        .toList();
  }

  /** What takes no work counts as draining, so that nothing is expected of it. */
  private io.castloom.domain.scaling.InstanceState stateForPlanner(Instant now) {
    return switch (state(now)) {
      case BOOTING -> io.castloom.domain.scaling.InstanceState.PENDING;
      case WORKING -> io.castloom.domain.scaling.InstanceState.RUNNING;
      case PAUSED, DRAINING, QUARANTINED, LOST, STOPPING ->
          io.castloom.domain.scaling.InstanceState.DRAINING;
    };
  }

  /**
   * For the planner, of one that no fleet lists: its boot teaches nothing, and it costs nothing.
   */
  InstanceView guestView(Heartbeat last, Instant now) {
    return new InstanceView(
        last.instance().value(),
        Translation.kind(last.kind()),
        "",
        io.castloom.domain.scaling.Market.GUEST,
        stateForPlanner(now),
        last.startedAt(),
        null,
        heardAt,
        idleSince,
        Math.max(1, last.slots()),
        running(last));
  }

  /** For the planner. */
  InstanceView view(int usualSlots, Instant now) {
    Instance known = Objects.requireNonNull(listed);
    Heartbeat last = beat;
    return new InstanceView(
        known.id().value(),
        Translation.kind(known.kind()),
        known.type(),
        Translation.market(known.market()),
        stateForPlanner(now),
        known.launchedAt(),
        joinedAt,
        heardAt,
        idleSince,
        last == null ? usualSlots : Math.max(1, last.slots()),
        last == null ? List.of() : running(last));
  }

  /** For everybody. */
  FleetStatus.Member member(io.castloom.domain.fleet.InstanceId id, Instant now) {
    Instance known = listed;
    Heartbeat last = beat;
    return new FleetStatus.Member(
        id,
        known != null
            ? known.kind()
            : last == null ? io.castloom.domain.job.TaskKind.TRANSCODE : last.kind(),
        state(now),
        known == null ? null : known.market(),
        known == null ? "" : known.type(),
        last == null ? 1 : last.slots(),
        known == null ? null : known.launchedAt(),
        joinedAt,
        heardAt,
        last == null ? "" : last.encoder(),
        last == null ? List.of() : last.running());
  }
}
