package io.castloom.domain.fleet.roll;

import io.castloom.domain.fleet.FleetImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The next step of a roll; a pure function. An instance goes only when another has joined for it,
 * or, where the limits allow none, when the tasks in hand and waiting find slots without it.
 */
public final class RollPlanner {

  private RollPlanner() {}

  /** The next step; of a roll that has ended, none. */
  public static RollStep next(Roll roll, RollView view) {
    if (roll.ended()) {
      return new RollStep(roll, List.of());
    }
    Roll seen = roll.with(roll.progress().seen(view, roll));
    return switch (roll.phase()) {
      case CANARY -> canary(seen, view);
      case ROLLING -> rolling(seen, view);
      case ROLLING_BACK -> back(seen, view);
      case DONE, ROLLED_BACK -> new RollStep(seen, List.of());
    };
  }

  /** How many of the autoscaler's next launches of the kind boot from the new image. */
  public static int ofNew(Roll roll, RollView view, int launches) {
    return switch (roll.phase()) {
      case CANARY -> {
        int fresh = live(view.of(roll.to(), true));
        int all = fresh + live(view.of(roll.to(), false)) + launches;
        yield Math.clamp(canaries(roll, all) - fresh, 0, launches);
      }
      case ROLLING, DONE -> launches;
      case ROLLING_BACK, ROLLED_BACK -> 0;
    };
  }

  private static int canaries(Roll roll, int all) {
    return Math.max(1, (int) Math.ceil(roll.terms().canaryShare() * all - 1e-9));
  }

  private static int live(List<RollView.Member> some) {
    return RollView.count(some, RollView.Life.BOOTING)
        + RollView.count(some, RollView.Life.WORKING);
  }

  private static RollStep canary(Roll roll, RollView view) {
    String fault = RollHealth.fault(roll, view);
    if (fault != null) {
      return new RollStep(roll.enter(Roll.Phase.ROLLING_BACK, fault, view.at()), List.of());
    }
    long good = roll.progress().newGood();
    if (good >= roll.terms().tasks()) {
      String words = "canaries did " + good + " tasks, " + roll.progress().newFailed() + " failed";
      return new RollStep(roll.enter(Roll.Phase.ROLLING, words, view.at()), List.of());
    }
    List<RollView.Member> fresh = view.of(roll.to(), true);
    int old = live(view.of(roll.to(), false));
    boolean booting = RollView.count(fresh, RollView.Life.BOOTING) > 0;
    if (unanswered(roll)) {
      return launch(roll, roll.to());
    }
    if (old > 0 && !booting && live(fresh) < canaries(roll, old + live(fresh))) {
      return view.room() > 0
          ? launch(roll.with(roll.progress().launching()), roll.to())
          : new RollStep(
              roll.noting("no room for a canary: the fleet is at its limits"), List.of());
    }
    String words =
        booting
            ? "a canary boots"
            : live(fresh) == 0
                ? "the next instance that is launched will be a canary"
                : "canaries did " + good + " of " + roll.terms().tasks() + " tasks";
    Roll next = old == 0 ? roll.with(roll.progress().settled()) : roll;
    return new RollStep(next.noting(words), List.of());
  }

  private static RollStep rolling(Roll roll, RollView view) {
    String fault = RollHealth.fault(roll, view);
    if (fault != null) {
      return new RollStep(roll.enter(Roll.Phase.ROLLING_BACK, fault, view.at()), List.of());
    }
    List<RollView.Member> old = view.of(roll.to(), false);
    if (old.isEmpty() && !unanswered(roll)) {
      String words = "all instances boot from " + roll.to();
      return new RollStep(roll.enter(Roll.Phase.DONE, words, view.at()), List.of());
    }
    if (RollView.count(old, RollView.Life.DRAINING) > 0) {
      return new RollStep(roll.noting(old.size() + " are left; one finishes its tasks"), List.of());
    }
    return replace(roll, view, old, roll.to(), 1);
  }

  /** Without a cause it would stay until everything is new again: why it went back is kept. */
  private static RollStep back(Roll roll, RollView view) {
    List<RollView.Member> fresh = view.of(roll.to(), true);
    if (fresh.isEmpty() && !unanswered(roll)) {
      return new RollStep(roll.enter(Roll.Phase.ROLLED_BACK, roll.note(), view.at()), List.of());
    }
    RollStep step = replace(roll, view, fresh, roll.from(), Integer.MAX_VALUE);
    return new RollStep(step.next().noting(roll.note()), step.actions());
  }

  private static RollStep replace(
      Roll roll, RollView view, List<RollView.Member> leaving, FleetImage by, int atOnce) {
    if (unanswered(roll)) {
      return launch(roll, by);
    }
    List<RollAction> actions = new ArrayList<>();
    RollProgress progress = roll.progress();
    int working = view.workingSlots();
    int needed = needed(view, progress);
    int candidates = 0;
    List<RollView.Member> order =
        leaving.stream()
            .filter(m -> m.life() == RollView.Life.WORKING || m.life() == RollView.Life.PAUSED)
            .sorted(
                Comparator.comparingInt(RollView.Member::busy).thenComparing(m -> m.id().value()))
            .toList();
    for (RollView.Member member : order) {
      int slots = member.life() == RollView.Life.WORKING ? member.slots() : 0;
      candidates++;
      if (actions.size() < atOnce && working - slots >= needed) {
        actions.add(new RollAction.Drain(member.id(), "roll to " + by + ": " + roll.note()));
        working -= slots;
        progress = slots > 0 ? progress.replaced(member.id()) : progress;
      }
    }
    Roll next = roll.with(progress);
    if (!actions.isEmpty() || candidates == 0) {
      return new RollStep(next.noting(leaving.size() + " are left"), actions);
    }
    boolean booting =
        view.members().stream()
            .anyMatch(m -> m.image().equals(by) && m.life() == RollView.Life.BOOTING);
    if (booting) {
      return new RollStep(next.noting(leaving.size() + " are left; one boots"), List.of());
    }
    boolean waits = view.members().stream().anyMatch(m -> stands(m, by, roll));
    if (waits) {
      return new RollStep(next.noting(leaving.size() + " are left; all are needed now"), List.of());
    }
    return view.room() > 0
        ? launch(next.with(next.progress().launching()), by)
        : new RollStep(
            next.noting(leaving.size() + " are left; no room for one more until one is idle"),
            List.of());
  }

  /** A surplus instance works already, but a minimum or the demand holds the others. */
  private static boolean stands(RollView.Member member, FleetImage by, Roll roll) {
    return member.image().equals(by)
        && member.life() == RollView.Life.WORKING
        && roll.progress().surplus().contains(member.id());
  }

  /**
   * What stood before the fleet was made larger for the roll: how much that should be is the
   * autoscaler's to say, which does not count what is surplus and drains what it does not need.
   * Where nothing can be added, what is idle may go.
   */
  private static int needed(RollView view, RollProgress progress) {
    int surplus =
        view.members().stream()
            .filter(m -> m.life() == RollView.Life.WORKING && progress.surplus().contains(m.id()))
            .mapToInt(RollView.Member::slots)
            .sum();
    int before = view.workingSlots() - surplus;
    int demand = view.room() > 0 ? before : Math.min(before, view.busySlots() + view.waiting());
    return Math.max(view.minSlots(), demand);
  }

  private static boolean unanswered(Roll roll) {
    return roll.progress().answered() < roll.progress().launches();
  }

  private static RollStep launch(Roll roll, FleetImage image) {
    return new RollStep(roll, List.of(new RollAction.Launch(roll.token(), image)));
  }
}
