package io.castloom.service.fleet;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.Market;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fleet and the queues as the leading autoscaler saw them at its last tick; the document {@code
 * fleet/status.json} of the private bucket.
 *
 * @param at when it was written, by the leader's clock
 * @param leader which autoscaler wrote it
 * @param epoch the leader's term
 * @param typicalBoot how long a launch takes until the instance joins, at the ninetieth percentile
 * @param paused what is not done at present: {@code in}, {@code out}; empty as a rule
 */
public record FleetStatus(
    Instant at,
    String leader,
    long epoch,
    Duration typicalBoot,
    List<Member> members,
    Map<WorkClass, Waiting> waiting,
    List<String> paused) {

  /** Its key in the private bucket. */
  public static final String KEY = "fleet/status.json";

  /**
   * What waits in a class.
   *
   * @param tasks how many, held ones included
   * @param oldestWait zero when none waits
   * @param work the sum of their estimates
   */
  public record Waiting(long tasks, Duration oldestWait, Duration work) {
    /** Nothing waits. */
    public static final Waiting NOTHING = new Waiting(0, Duration.ZERO, Duration.ZERO);
  }

  /** What an instance is doing, as the fleet and its heartbeats together say. */
  public enum State {
    /** Launched, not yet heard of. */
    BOOTING,
    WORKING,
    PAUSED,
    DRAINING,
    QUARANTINED,
    /** It runs, but was not heard of for too long. */
    LOST,
    STOPPING
  }

  /**
   * An instance.
   *
   * @param market null for a guest
   * @param launchedAt null for a guest: a worker that somebody started by hand, which works, and is
   *     neither limited, nor paid, nor ended
   * @param heardAt its last heartbeat's arrival; null before the first
   */
  public record Member(
      InstanceId id,
      TaskKind kind,
      State state,
      @Nullable Market market,
      String type,
      int slots,
      @Nullable Instant launchedAt,
      @Nullable Instant joinedAt,
      @Nullable Instant heardAt,
      String encoder,
      List<Heartbeat.Running> running) {

    public Member {
      Objects.requireNonNull(id);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(state);
      running = List.copyOf(running);
    }

    /** Whether somebody started it by hand, and no fleet lists it. */
    public boolean guest() {
      return launchedAt == null;
    }

    /** Slots that take work, now or after a boot. */
    public int liveSlots() {
      return switch (state) {
        case BOOTING, WORKING -> Math.max(1, slots);
        case PAUSED, DRAINING, QUARANTINED, LOST, STOPPING -> 0;
      };
    }
  }

  public FleetStatus {
    Objects.requireNonNull(at);
    Objects.requireNonNull(leader);
    Objects.requireNonNull(typicalBoot);
    members = List.copyOf(members);
    waiting = Map.copyOf(waiting);
    paused = List.copyOf(paused);
  }

  /** What waits in a class. */
  public Waiting waiting(WorkClass workClass) {
    return waiting.getOrDefault(workClass, Waiting.NOTHING);
  }

  /** Slots of a kind that work or will after their boot. */
  public int liveSlots(TaskKind kind) {
    return members.stream()
        .filter(member -> member.kind() == kind)
        .mapToInt(Member::liveSlots)
        .sum();
  }

  /** Instances of a kind in a state. */
  public List<Member> members(TaskKind kind, State state) {
    return members.stream()
        .filter(member -> member.kind() == kind && member.state() == state)
        .toList();
  }
}
