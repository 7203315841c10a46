package io.castloom.domain.fleet.roll;

import io.castloom.domain.fleet.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How far a roll is.
 *
 * @param since when its phase began
 * @param newGood tasks that instances of the new image produced
 * @param newFailed tries on them that failed
 * @param oldGood tasks that the others produced meanwhile
 * @param oldFailed tries on those that failed
 * @param launches launches of its own that were decided; each has its number in its token
 * @param answered how many of them the fleet has answered: one behind means that the last one may
 *     or may not have happened, and is asked for again with the same token
 * @param refusals answers in a row that launched nothing
 * @param failedBoots instances of the new image in a row that ended before they joined
 * @param booting instances of the new image that have not joined yet
 * @param surplus instances that it launched so that another may go, and none has gone for yet;
 *     whoever decides how large the fleet is must not count them
 */
public record RollProgress(
    Instant since,
    long newGood,
    long newFailed,
    long oldGood,
    long oldFailed,
    int launches,
    int answered,
    int refusals,
    int failedBoots,
    Set<InstanceId> booting,
    List<InstanceId> surplus) {

  public RollProgress {
    Objects.requireNonNull(since);
    booting = Set.copyOf(booting);
    surplus = List.copyOf(surplus);
  }

  static RollProgress begun(Instant now) {
    return new RollProgress(now, 0, 0, 0, 0, 0, 0, 0, 0, Set.of(), List.of());
  }

  RollProgress phaseBegan(Instant now) {
    return new RollProgress(
        now, newGood, newFailed, oldGood, oldFailed, launches, answered, 0, 0, booting, surplus);
  }

  /** With what was seen since the last step. */
  RollProgress seen(RollView view, Roll roll) {
    long good = newGood;
    long failed = newFailed;
    long othersGood = oldGood;
    long othersFailed = oldFailed;
    for (RollView.Tries tries : view.tries()) {
      if (tries.kind() != roll.kind()) {
        continue;
      }
      if (tries.image().equals(roll.to())) {
        good += tries.good();
        failed += tries.failed();
      } else {
        othersGood += tries.good();
        othersFailed += tries.failed();
      }
    }
    Set<InstanceId> there = new HashSet<>();
    Set<InstanceId> still = new HashSet<>();
    int boots = failedBoots;
    for (RollView.Member member : view.members()) {
      there.add(member.id());
      if (member.image().equals(roll.to()) && member.life() == RollView.Life.BOOTING) {
        still.add(member.id());
      } else if (booting.contains(member.id()) && member.life() == RollView.Life.WORKING) {
        boots = 0;
      }
    }
    for (InstanceId id : booting) {
      boots += there.contains(id) ? 0 : 1;
    }
    return new RollProgress(
        since,
        good,
        failed,
        othersGood,
        othersFailed,
        launches,
        answered,
        refusals,
        boots,
        still,
        surplus.stream().filter(there::contains).toList());
  }

  RollProgress launching() {
    return with(launches + 1, answered, refusals, surplus);
  }

  RollProgress answered(List<InstanceId> launched) {
    List<InstanceId> more = new ArrayList<>(surplus);
    launched.stream().filter(id -> !surplus.contains(id)).forEach(more::add);
    return with(launches, launches, launched.isEmpty() ? refusals + 1 : 0, more);
  }

  RollProgress hopeless(int refused) {
    return with(launches, launches, refused, surplus);
  }

  /** An instance goes: itself, or another in its place, is surplus no more. */
  RollProgress replaced(InstanceId gone) {
    List<InstanceId> left = new ArrayList<>(surplus);
    if (!left.isEmpty() && !left.remove(gone)) {
      left.removeFirst();
    }
    return with(launches, answered, refusals, left);
  }

  /** With nothing that another could go for, they are instances like any. */
  RollProgress settled() {
    return with(launches, answered, refusals, List.of());
  }

  private RollProgress with(int launched, int known, int refused, List<InstanceId> left) {
    return new RollProgress(
        since,
        newGood,
        newFailed,
        oldGood,
        oldFailed,
        launched,
        known,
        refused,
        failedBoots,
        booting,
        left);
  }
}
