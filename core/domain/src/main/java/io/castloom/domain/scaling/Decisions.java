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
    this.hourlyUsd = fleet.hourlyUsd();
  }

  Decision compose(List<Action> actions) {
    launch(actions);
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

  private void launch(List<Action> actions) {
    Limits limits = settings.limits();
    int room = Math.min(limits.maxLaunchPerTick(), limits.maxInstances() - fleet.kept().size());
    for (KindPlan plan : plans) {
      WorkKind kind = plan.pool.kind;
      int wanted = plan.launch;
      if (wanted == 0) {
        continue;
      }
      if (settings.pause().out(snapshot.at())) {
        notes.add(wanted + " launches for " + word(kind) + " are held back: scale-out is paused");
        continue;
      }
      int allowed = Math.min(wanted, breaker(kind, plan));
      int done = 0;
      while (done < allowed && room > 0) {
        Action.Launch launch = launch(kind, plan, done);
        double price = price(launch);
        if (hourlyUsd + price > limits.hourlyBudgetUsd() + 1e-9) {
          notes.add(
              String.format(
                  Locale.ROOT,
                  "the hourly budget of %.2f USD allows no further instance for %s (the fleet costs %.2f, one more %.2f)",
                  limits.hourlyBudgetUsd(),
                  word(kind),
                  hourlyUsd,
                  price));
          break;
        }
        actions.add(launch);
        hourlyUsd += price;
        room--;
        done++;
      }
      if (done < allowed && room <= 0) {
        notes.add(
            (allowed - done)
                + " launches for "
                + word(kind)
                + " are held back by "
                + (fleet.kept().size() + launches(actions) >= limits.maxInstances()
                    ? "maxInstances (" + limits.maxInstances() + ")"
                    : "maxLaunchPerTick (" + limits.maxLaunchPerTick() + ")"));
      }
    }
  }

  private int breaker(WorkKind kind, KindPlan plan) {
    BootMemory boots = fleet.memory().boots(kind);
    if (boots.failuresInARow() < settings.tuning().breakerFailures()) {
      return Integer.MAX_VALUE;
    }
    if (boots.brokenUntil() != null && snapshot.at().isBefore(boots.brokenUntil())) {
      notes.add(
          boots.failuresInARow()
              + " launches for "
              + word(kind)
              + " failed one after another: none before "
              + boots.brokenUntil());
      return 0;
    }
    notes.add(
        boots.failuresInARow()
            + " launches for "
            + word(kind)
            + " failed one after another: one at a time");
    return plan.booting > 0 ? 0 : 1;
  }

  private Action.Launch launch(WorkKind kind, KindPlan plan, int index) {
    WorkClass urgent = plan.mostUrgent();
    double share = settings.spotShare().getOrDefault(urgent, 0.0);
    int spot = fleet.count(kind, Market.SPOT);
    int all = spot + fleet.count(kind, Market.ON_DEMAND);
    // the n-th instance is spot when the share allows one more spot among n
    boolean buySpot = Math.floor((all + index + 1) * share) > spot + Math.floor(index * share);
    Market market = buySpot ? Market.SPOT : Market.ON_DEMAND;
    InstanceType type = fleet.cheapest(market);
    String token =
        "e"
            + snapshot.epoch()
            + "-"
            + snapshot.at().toEpochMilli()
            + "-"
            + word(kind)
            + "-"
            + index;
    return new Action.Launch(
        token,
        kind,
        type.name(),
        market,
        urgent == WorkClass.HIGH || urgent == WorkClass.NORMAL,
        plan.launchReason());
  }

  private double price(Action.Launch launch) {
    for (InstanceType type : settings.types()) {
      if (type.name().equals(launch.type())) {
        // a spot launch that may fall back is reckoned at the list price
        return type.usdPerHour(launch.onDemandFallback() ? Market.ON_DEMAND : launch.market());
      }
    }
    throw new IllegalStateException(
        "launch of a type that is not in the settings: " + launch.type());
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

  private static int launches(List<Action> actions) {
    return (int) actions.stream().filter(Action.Launch.class::isInstance).count();
  }

  static String word(WorkKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
