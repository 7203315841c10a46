package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides how many instances there should be. Pure: it reads nothing but its arguments, keeps
 * nothing, and answers the same for the same.
 */
public final class ScalingPlanner {
  /**
   * One tick.
   *
   * @param snapshot the picture of queues and fleet, with the memory of the decision before
   * @param settings what the operator wants
   * @return what to do, why, what to expect, and the memory for the next tick
   */
  public Decision decide(Snapshot snapshot, ScalingSettings settings) {
    SignalCheck signal = SignalCheck.of(snapshot, settings);
    PlannerMemory memory = new Learning(snapshot, settings).next(signal.waiting());
    Fleet fleet = new Fleet(snapshot, settings, signal, memory);
    List<KindPlan> plans = new ArrayList<>();
    for (WorkKind kind : WorkKind.values()) {
      plans.add(fleet.plan(kind));
    }
    List<Action> actions = new ArrayList<>(fleet.giveUps());
    Decisions decisions = new Decisions(snapshot, settings, signal, fleet, plans);
    return decisions.compose(actions);
  }
}
