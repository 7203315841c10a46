package io.castloom.service.jobs;

import io.castloom.domain.job.TaskKind;
import io.castloom.service.fleet.FleetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** The slots of a fleet, each with the time at which it takes the next task. */
final class Slots {
  private final PriorityQueue<Instant> free = new PriorityQueue<>();
  private final int booting;
  private final Duration bootLeft;
  private final boolean known;

  private Slots(List<Instant> times, int booting, Duration bootLeft, boolean known) {
    free.addAll(times);
    this.booting = booting;
    this.bootLeft = bootLeft;
    this.known = known;
  }

  /**
   * @param atWork ends of tasks that run: when the leader tells of no instance yet, these show that
   *     there is one
   */
  static Slots of(Optional<FleetStatus> status, TaskKind kind, Instant now, List<Instant> atWork) {
    List<Instant> times = new ArrayList<>();
    Duration bootLeft = Duration.ZERO;
    int booting = 0;
    Duration boot = status.map(FleetStatus::typicalBoot).orElse(Duration.ofMinutes(2));
    for (FleetStatus.Member member : status.map(FleetStatus::members).orElse(List.of())) {
      if (member.kind() != kind) {
        continue;
      }
      if (member.state() == FleetStatus.State.WORKING) {
        member
            .running()
            .forEach(task -> times.add(Words.later(now, task.since().plus(task.estimate()))));
        for (int i = member.running().size(); i < member.slots(); i++) {
          times.add(now);
        }
      } else if (member.state() == FleetStatus.State.BOOTING) {
        Instant launched = member.launchedAt() == null ? now : member.launchedAt();
        Instant ready = Words.later(now.plusSeconds(5), launched.plus(boot));
        booting++;
        bootLeft = Duration.between(now, ready);
        for (int i = 0; i < Math.max(1, member.slots()); i++) {
          times.add(ready);
        }
      }
    }
    if (times.isEmpty()) {
      times.addAll(atWork);
    }
    boolean known = !times.isEmpty();
    if (!known) {
      times.add(now.plus(boot));
    }
    return new Slots(times, booting, bootLeft, known);
  }

  int count() {
    return free.size();
  }

  int booting() {
    return booting;
  }

  Duration bootLeft() {
    return bootLeft;
  }

  /** Whether any instance works or boots; else one boot is assumed. */
  boolean known() {
    return known;
  }

  /** When a task of an account begins that comes next. */
  Instant next(Lanes lanes) {
    return lanes.next(free.element());
  }

  /** A task comes next; gives its end. */
  Instant take(Duration length) {
    Instant end = free.remove().plus(length);
    free.add(end);
    return end;
  }

  /** A task of an account comes next; gives its end. */
  Instant take(Duration length, Lanes lanes) {
    Instant end = lanes.next(free.remove()).plus(length);
    lanes.take(end);
    free.add(end);
    return end;
  }
}
