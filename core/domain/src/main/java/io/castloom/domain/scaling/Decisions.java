package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the kinds' needs under the common limits, and into words. */
final class Decisions {
  private final Snapshot snapshot;
  private final ScalingSettings settings;
  private final SignalCheck signal;
  private final Fleet fleet;
  private final List<KindPlan> plans;
  private final List<String> notes;
  private double hourlyUsd;

  Decisions(
      Snapshot snapshot,
      ScalingSettings settings,
      SignalCheck signal,
      Fleet fleet,
      List<KindPlan> plans) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.signal = signal;
    this.fleet = fleet;
    this.plans = plans;
    this.notes = new ArrayList<>(signal.notes());
    noteGuests();
  }

  private void noteGuests() {
    int guests = 0;
    int slots = 0;
    for (InstanceView instance : snapshot.instances()) {
      if (instance.guest() && instance.state() != InstanceState.DRAINING) {
        guests++;
        slots += instance.slots();
      }
    }
    if (guests > 0) {
      notes.add(
          (guests == 1 ? "a worker" : guests + " workers")
              + " started by hand ("
              + (slots == 1 ? "1 slot" : slots + " slots")
              + ") counted as capacity; no limit counts and nobody ends "
              + (guests == 1 ? "it" : "them"));
    }
  }

  Decision compose(List<Action> actions) {
    Launches launches = new Launches(snapshot, settings, fleet, notes);
    actions.addAll(launches.of(plans));
    hourlyUsd = launches.hourlyUsd();
    drain(actions);
    Map<WorkKind, List<Integer>> spare = new EnumMap<>(WorkKind.class);
    plans.forEach(plan -> spare.put(plan.pool.kind, plan.spare));
    PlannerMemory learned = fleet.memory();
    PlannerMemory memory =
        new PlannerMemory(
            learned.lastTick(),
            learned.boots(),
            learned.services(),
            learned.estimates(),
            learned.lanes(),
            spare);
    Reasons reasons = new Reasons(settings, memory);
    String id = "d-" + snapshot.epoch() + "-" + snapshot.at().toEpochMilli();
    return new Decision(
        id,
        actions,
        reasons.explain(plans, actions, notes),
        reasons.forecast(plans, actions, hourlyUsd),
        memory);
  }

  private void drain(List<Action> actions) {
    for (KindPlan plan : plans) {
      WorkKind kind = plan.pool.kind;
      if (plan.drain == 0) {
        continue;
      }
      if (!signal.mayScaleIn()) {
        continue;
      }
      if (settings.pause().in(snapshot.at())) {
        notes.add(plan.drain + " drains of " + word(kind) + " are held back: scale-in is paused");
        continue;
      }
      List<InstanceView> idle = fleet.idle(kind);
      for (InstanceView instance : idle.subList(0, Math.min(plan.drain, idle.size()))) {
        actions.add(new Action.Drain(instance.id(), plan.drainReason()));
        hourlyUsd -= fleet.usdPerHour(instance);
      }
    }
  }

  static String word(WorkKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
