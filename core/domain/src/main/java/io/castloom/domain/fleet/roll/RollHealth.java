package io.castloom.domain.fleet.roll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an image is good, by what its instances really did: came up, took tasks, and did them no
 * worse than the others in the same time, with the same material.
 */
final class RollHealth {

  private static final int FAILED_BOOTS = 2;
  private static final int FAILED_TASKS = 3;

  /** So much larger than twice the others' a share of failed tasks is no chance. */
  private static final double MORE = 0.15;

  static final int REFUSALS = 5;
  private static final int OTHERS_DID = 10;

  private RollHealth() {}

  /** What is wrong with the new image; null while nothing is known to be. */
  static @Nullable String fault(Roll roll, RollView view) {
    RollProgress seen = roll.progress();
    List<RollView.Member> fresh = view.of(roll.to(), true);
    if (seen.failedBoots() >= FAILED_BOOTS) {
      return seen.failedBoots()
          + " instances of "
          + roll.to()
          + " in a row ended before they joined";
    }
    if (seen.refusals() >= REFUSALS) {
      return roll.note();
    }
    int unfit = RollView.count(fresh, RollView.Life.UNFIT);
    if (unfit >= (roll.phase() == Roll.Phase.CANARY ? 1 : 2)) {
      return unfit + " instances of " + roll.to() + " are silent or keep failing";
    }
    double old = share(seen.oldFailed(), seen.oldGood());
    double allowed = Math.min(0.5, 2 * old + MORE);
    if (seen.newFailed() >= FAILED_TASKS && share(seen.newFailed(), seen.newGood()) > allowed) {
      return seen.newFailed()
          + " of "
          + (seen.newFailed() + seen.newGood())
          + " tasks failed on "
          + roll.to()
          + ", "
          + seen.oldFailed()
          + " of "
          + (seen.oldFailed() + seen.oldGood())
          + " on the others";
    }
    boolean idle = fresh.stream().allMatch(member -> member.busy() == 0);
    if (roll.phase() == Roll.Phase.CANARY
        && seen.newGood() == 0
        && seen.oldGood() >= OTHERS_DID
        && !fresh.isEmpty()
        && idle
        && view.at().isAfter(seen.since().plus(roll.terms().patience()))) {
      return "no task was done on "
          + roll.to()
          + " in "
          + roll.terms().patience().toMinutes()
          + " minutes, and "
          + seen.oldGood()
          + " on the others";
    }
    return null;
  }

  private static double share(long failed, long good) {
    return failed == 0 ? 0 : failed / (double) (failed + good);
  }
}
