package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Grants launches under the limits that all kinds share, the most urgent class first. */
final class Launches {
  private final Snapshot snapshot;
  private final ScalingSettings settings;
  private final Fleet fleet;
  private final List<String> notes;
  private final List<Action> granted = new ArrayList<>();
  private double hourlyUsd;

  Launches(Snapshot snapshot, ScalingSettings settings, Fleet fleet, List<String> notes) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.fleet = fleet;
    this.notes = notes;
    this.hourlyUsd = fleet.hourlyUsd();
  }

  /** US dollars an hour of the fleet with what was granted. */
  double hourlyUsd() {
    return hourlyUsd;
  }

  List<Action> of(List<KindPlan> plans) {
    List<KindPlan> order = new ArrayList<>(plans);
    order.sort(Comparator.comparing(KindPlan::mostUrgent).thenComparing(plan -> plan.pool.kind));
    for (KindPlan plan : order) {
      if (plan.launch > 0) {
        grant(plan);
      }
    }
    return granted;
  }

  private void grant(KindPlan plan) {
    WorkKind kind = plan.pool.kind;
    String word = Decisions.word(kind);
    if (settings.pause().out(snapshot.at())) {
      notes.add(plan.launch + " launches for " + word + " are held back: scale-out is paused");
      return;
    }
    int allowed = Math.min(plan.launch, breaker(plan));
    int spot = fleet.count(kind, Market.SPOT);
    int all = spot + fleet.count(kind, Market.ON_DEMAND);
    String reason = plan.launchReason();
    for (int i = 0; i < allowed; i++) {
      String full = full();
      if (full != null) {
        notes.add((allowed - i) + " launches for " + word + " are held back by " + full);
        return;
      }
      double share = settings.spotShare().getOrDefault(plan.mostUrgent(), 0.0);
      Market market = Math.floor((all + 1) * share + 1e-9) > spot ? Market.SPOT : Market.ON_DEMAND;
      Action.Launch launch = launch(plan, market, i, reason);
      double price = price(launch);
      if (hourlyUsd + price > settings.limits().hourlyBudgetUsd() + 1e-9) {
        notes.add(overBudget(word, price));
        return;
      }
      granted.add(launch);
      hourlyUsd += price;
      all++;
      spot += market == Market.SPOT ? 1 : 0;
    }
  }

  private @org.jspecify.annotations.Nullable String full() {
    Limits limits = settings.limits();
    long ours = snapshot.instances().stream().filter(it -> !it.guest()).count();
    if (ours + granted.size() >= limits.maxInstances()) {
      return "maxInstances (" + limits.maxInstances() + ")";
    }
    return granted.size() >= limits.maxLaunchPerTick()
        ? "maxLaunchPerTick (" + limits.maxLaunchPerTick() + ")"
        : null;
  }

  private String overBudget(String word, double price) {
    return String.format(
        Locale.ROOT,
        "the hourly budget of %.2f USD allows no further instance for %s (the fleet costs %.2f, one more %.2f)",
        settings.limits().hourlyBudgetUsd(),
        word,
        hourlyUsd,
        price);
  }

  /**
   * How many launches the breaker lets through: none while it is open, one at a time until one
   * comes up.
   */
  private int breaker(KindPlan plan) {
    BootMemory boots = fleet.memory().boots(plan.pool.kind);
    if (!boots.tripped(settings.tuning().breakerFailures())) {
      return Integer.MAX_VALUE;
    }
    String failed =
        boots.failuresInARow()
            + " launches for "
            + Decisions.word(plan.pool.kind)
            + " failed one after another: ";
    if (boots.brokenUntil() != null && snapshot.at().isBefore(boots.brokenUntil())) {
      notes.add(failed + "none before " + boots.brokenUntil());
      return 0;
    }
    notes.add(failed + "one at a time");
    return plan.booting > 0 ? 0 : 1;
  }

  private Action.Launch launch(KindPlan plan, Market market, int index, String reason) {
    InstanceType type =
        market == Market.ON_DEMAND
            ? plan.pool.type
            : fleet.cheapest(market, plan.pool.tasks.size());
    String token =
        "e"
            + snapshot.epoch()
            + "-"
            + snapshot.at().toEpochMilli()
            + "-"
            + Decisions.word(plan.pool.kind)
            + "-"
            + index;
    boolean fallback = market == Market.SPOT && plan.mostUrgent() != WorkClass.BULK;
    return new Action.Launch(token, plan.pool.kind, type.name(), market, fallback, reason);
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
}
