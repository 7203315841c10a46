package io.castloom.service.tasks;

import io.castloom.domain.job.TaskKind;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.jobs.Sweeper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What an idle instance does so that a dead leader delays nothing: now and then it looks for lost
 * messages.
 */
final class IdleHelp {

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final Duration LEADER_SILENT = Duration.ofMinutes(2);

  private final LoopPorts ports;
  private final TaskKind kind;
  private final InstantSource clock;
  private final Sweeper sweeper;
  private Instant sweptAt = Instant.EPOCH;
  private Instant leaderSeenAt;

  IdleHelp(LoopPorts ports, TaskKind kind, InstantSource clock) {
    this.ports = ports;
    this.kind = kind;
    this.clock = clock;
    this.leaderSeenAt = clock.instant();
    this.sweeper =
        new Sweeper(
            ports.jobs(),
            ports.backlog(),
            ports.queues(),
            ports.dispatcher(),
            Sweeper.BOUND,
            clock);
  }

  /**
   * Helps, when it is time.
   *
   * @return how many messages were sent
   */
  int help() throws IOException {
    Instant now = clock.instant();
    int sent = 0;
    if (!now.isBefore(sweptAt.plus(SWEEP_EVERY))) {
      sweptAt = now;
      seeLeader(now);
      if (lonelyFor(now).compareTo(LEADER_SILENT) > 0) {
        sent += sweeper.sweep(List.of(kind)).sent();
      }
    }
    return sent;
  }

  /** How long no leading autoscaler was seen. */
  Duration lonelyFor(Instant now) {
    return Duration.between(leaderSeenAt, now);
  }

  private void seeLeader(Instant now) throws IOException {
    Optional<FleetStatus> status = ports.fleet().status();
    if (status.isPresent() && status.get().at().isAfter(leaderSeenAt)) {
      leaderSeenAt = status.get().at().isAfter(now) ? now : status.get().at();
    }
  }
}
