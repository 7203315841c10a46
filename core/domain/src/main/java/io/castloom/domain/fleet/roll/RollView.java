package io.castloom.domain.fleet.roll;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a step of a roll depends on: instances of its kind, and the work for them.
 *
 * @param members all that are not gone
 * @param tries what ended since the last step on instances that take work
 * @param waiting tasks that nobody has started
 * @param minSlots slots that must stand whatever happens
 * @param room how many more instances the limits allow, at least 0
 */
public record RollView(
    Instant at, List<Member> members, List<Tries> tries, int waiting, int minSlots, int room) {

  /** Where an instance is, as far as a roll is concerned. */
  public enum Life {
    BOOTING,
    WORKING,
    /** It takes no work until an operator lets it. */
    PAUSED,
    DRAINING,
    /** It was lost sight of, or keeps failing; the autoscaler ends it by its own rules. */
    UNFIT
  }

  /**
   * An instance.
   *
   * @param slots tasks that it works on at once
   * @param busy tasks in its hands
   */
  public record Member(InstanceId id, FleetImage image, Life life, int slots, int busy) {
    public Member {
      Objects.requireNonNull(id);
      Objects.requireNonNull(image);
      Objects.requireNonNull(life);
    }
  }

  /** Tries that ended on instances of an image. */
  public record Tries(FleetImage image, long good, long failed, TaskKind kind) {}

  public RollView {
    Objects.requireNonNull(at);
    members = List.copyOf(members);
    tries = List.copyOf(tries);
  }

  int workingSlots() {
    return members.stream().filter(m -> m.life() == Life.WORKING).mapToInt(Member::slots).sum();
  }

  int busySlots() {
    return members.stream().filter(m -> m.life() == Life.WORKING).mapToInt(Member::busy).sum();
  }

  /** Of these, how many there are in a life. */
  static int count(List<Member> some, Life life) {
    return (int) some.stream().filter(m -> m.life() == life).count();
  }

  /** Those that were launched from an image, or those that were not. */
  List<Member> of(FleetImage image, boolean from) {
    return members.stream().filter(m -> m.image().equals(image) == from).toList();
  }
}
