package io.castloom.service.jobs;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.service.fleet.FleetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The places of an account that may run only so many tasks at once, each with the time at which it
 * takes the account's next task. An account without a limit has one for every task.
 */
final class Lanes {
  private final @Nullable PriorityQueue<Instant> free;

  private Lanes(@Nullable PriorityQueue<Instant> free) {
    this.free = free;
  }

  /**
   * @param limit null for none
   * @param typical what a running task of which nothing is known is thought to take yet
   */
  static Lanes of(
      RunningPlaces.@Nullable Use limit,
      AccountId account,
      Optional<FleetStatus> status,
      Duration typical,
      Instant now) {
    if (limit == null) {
      return new Lanes(null);
    }
    PriorityQueue<Instant> free = new PriorityQueue<>();
    List<Instant> ends =
        status.map(FleetStatus::members).orElse(List.of()).stream()
            .flatMap(member -> member.running().stream())
            .filter(task -> task.account().equals(account))
            .map(task -> end(task, now))
            .sorted()
            .toList();
    int taken = Math.min(limit.running(), limit.limit());
    for (int i = 0; i < limit.limit(); i++) {
      free.add(i >= taken ? now : i < ends.size() ? ends.get(i) : now.plus(typical));
    }
    return new Lanes(free);
  }

  private static Instant end(Heartbeat.Running task, Instant now) {
    return Words.later(now, task.since().plus(task.estimate()));
  }

  /** When the account's next task may begin, as far as the account is concerned. */
  Instant next(Instant wanted) {
    return free == null ? wanted : Words.later(wanted, free.element());
  }

  /** The account's next task takes a place until then. */
  void take(Instant end) {
    if (free != null) {
      free.remove();
      free.add(end);
    }
  }
}
