package io.castloom.service.tasks;

import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.jobs.Sweeper;
import io.castloom.service.process.Stop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What an idle instance does so that a dead leader delays nothing: now and then it looks for lost
 * messages; and so that a dead leader leaves no machine behind: idle and lonely for long, it ends.
 */
final class IdleHelp {

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
  private static final Duration LEADER_SILENT = Duration.ofMinutes(2);

  private final LoopPorts ports;
  private final LoopSettings settings;
  private final Stop stop;
  private final InstantSource clock;
  private final Sweeper sweeper;
  private Instant sweptAt = Instant.EPOCH;
  private Instant leaderSeenAt;
  private volatile Instant busyAt;

  IdleHelp(LoopPorts ports, LoopSettings settings, Stop stop, InstantSource clock) {
    this.ports = ports;
    this.settings = settings;
    this.stop = stop;
    this.clock = clock;
    this.leaderSeenAt = clock.instant();
    this.busyAt = leaderSeenAt;
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
        sent += sweeper.sweep(List.of(settings.kind())).sent();
      }
    }
    return sent;
  }

  /** There is work, or was a moment ago. Called by any thread. */
  void notYet() {
    busyAt = clock.instant();
  }

  /** Asks for the end of an instance that was idle, and saw no leader, for its lonely life. */
  void endWhenLonely() {
    Instant now = clock.instant();
    Duration life = settings.lonelyLife();
    if (!life.isZero() && now.isAfter(busyAt.plus(life)) && lonelyFor(now).compareTo(life) > 0) {
      stop.request("idle, and no autoscaler was seen for " + life);
    }
  }

  /** How long no leading autoscaler was seen. */
  private Duration lonelyFor(Instant now) {
    return Duration.between(leaderSeenAt, now);
  }

  private void seeLeader(Instant now) throws IOException {
    Optional<FleetStatus> status = ports.fleet().status();
    if (status.isPresent() && status.get().at().isAfter(leaderSeenAt)) {
      leaderSeenAt = status.get().at().isAfter(now) ? now : status.get().at();
    }
  }
}
