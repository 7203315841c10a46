package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The instances of the snapshot: which are given up, which are idle, what they cost, what the next
 * one should be.
 */
final class Fleet {
  private final Snapshot snapshot;
  private final ScalingSettings settings;
  private final SignalCheck signal;
  private final List<Action> giveUps = new ArrayList<>();
  private final List<InstanceView> kept = new ArrayList<>();
  private PlannerMemory memory;

  Fleet(Snapshot snapshot, ScalingSettings settings, SignalCheck signal, PlannerMemory learned) {
    this.snapshot = snapshot;
    this.settings = settings;
    this.signal = signal;
    this.memory = learned;
    for (InstanceView instance : snapshot.instances()) {
      double age = silent(instance, snapshot);
      double limit = memory.boots(instance.kind()).giveUpAfter(settings.tuning());
      if (instance.state() == InstanceState.PENDING && !instance.guest() && age > limit) {
        giveUps.add(
            new Action.GiveUpBoot(
                instance.id(),
                "pending for "
                    + Durations.words(age)
                    + "; no boot is expected to take longer than "
                    + Durations.words(limit)));
        failed(instance.kind());
      } else {
        kept.add(instance);
      }
    }
  }

  /** Seconds for which it could have told that it has booted, and has not. */
  private static double silent(InstanceView instance, Snapshot snapshot) {
    Instant heardSince = snapshot.signal().heardSince();
    Instant since =
        heardSince != null && heardSince.isAfter(instance.launchedAt())
            ? heardSince
            : instance.launchedAt();
    return Durations.seconds(since, snapshot.at());
  }

  private void failed(WorkKind kind) {
    Map<WorkKind, BootMemory> boots = new EnumMap<>(WorkKind.class);
    boots.putAll(memory.boots());
    boots.put(kind, memory.boots(kind).failed(snapshot.at(), settings.tuning().breakerFailures()));
    memory =
        new PlannerMemory(
            memory.lastTick(),
            boots,
            memory.services(),
            memory.estimates(),
            memory.lanes(),
            memory.spare());
  }

  List<Action> giveUps() {
    return giveUps;
  }

  List<InstanceView> kept() {
    return kept;
  }

  /** With what the given-up boots have taught. */
  PlannerMemory memory() {
    return memory;
  }

  KindPlan plan(WorkKind kind) {
    int tasks = 0;
    for (WaitingTask task : signal.waiting()) {
      tasks += task.lane().kind() == kind ? 1 : 0;
    }
    for (Announcement announced : snapshot.announcements()) {
      tasks += announced.lane().kind() == kind ? announced.tasks() : 0;
    }
    Pool pool = new Pool(kind, snapshot, settings, memory, cheapest(Market.ON_DEMAND, tasks));
    for (InstanceView instance : kept) {
      if (instance.kind() == kind) {
        pool.addInstance(instance);
      }
    }
    for (WaitingTask task : signal.waiting()) {
      if (task.lane().kind() == kind) {
        pool.addTask(task);
      }
    }
    double sight = 4 * pool.boot.mean() + 4 * pool.tick;
    for (int i = 0; i < snapshot.announcements().size(); i++) {
      Announcement announced = snapshot.announcements().get(i);
      double ahead = Durations.seconds(snapshot.at(), announced.at());
      if (announced.lane().kind() == kind && ahead > 0 && ahead < sight) {
        pool.addAnnouncement(announced, i);
      }
    }
    pool.seal();
    return new KindPlan(pool, memory, settings, snapshot.at(), ours(kind));
  }

  /** A minimum is kept of what was launched: guests come and go. */
  private KindPlan.Ours ours(WorkKind kind) {
    int up = 0;
    int booting = 0;
    for (InstanceView instance : kept) {
      if (instance.kind() == kind && !instance.guest()) {
        up += instance.state() == InstanceState.RUNNING ? 1 : 0;
        booting += instance.state() == InstanceState.PENDING ? 1 : 0;
      }
    }
    return new KindPlan.Ours(up, booting, idle(kind).size(), minimum(kind));
  }

  /** The greatest of the standing minimum and the schedules that stand or will within a boot. */
  int minimum(WorkKind kind) {
    int min = settings.limits().min(kind);
    LogNormal boot = memory.boots(kind).law(settings.tuning());
    Duration ahead = Durations.ofSeconds(boot.quantile(0.9)).plus(settings.tuning().tick());
    for (Schedule schedule : settings.schedules()) {
      if (schedule.kind() == kind
          && schedule.minInstances() > min
          && schedule.stands(snapshot.at(), ahead)) {
        min = schedule.minInstances();
      }
    }
    return min;
  }

  /**
   * Idle instances old enough to end: the dearest for what they do first, then the longest idle.
   */
  List<InstanceView> idle(WorkKind kind) {
    List<InstanceView> idle = new ArrayList<>();
    for (InstanceView instance : kept) {
      Duration age = Duration.between(instance.launchedAt(), snapshot.at());
      if (instance.kind() == kind
          && instance.idle()
          && !instance.guest()
          && age.compareTo(settings.tuning().billingMinimum()) >= 0) {
        idle.add(instance);
      }
    }
    idle.sort(
        Comparator.comparingDouble((InstanceView i) -> -usdPerWork(i))
            .thenComparing(i -> i.idleSince() == null ? snapshot.at() : i.idleSince())
            .thenComparing(InstanceView::id));
    return idle;
  }

  /** US dollars an hour of all instances, those that are given up in this tick included. */
  double hourlyUsd() {
    double sum = 0;
    for (InstanceView instance : snapshot.instances()) {
      sum += usdPerHour(instance);
    }
    return sum;
  }

  double usdPerHour(InstanceView instance) {
    for (InstanceType type : settings.types()) {
      if (type.name().equals(instance.type())) {
        return type.usdPerHour(instance.market());
      }
    }
    // a type that is no longer in the settings: reckon with the dearest
    return settings.types().stream()
        .mapToDouble(t -> t.usdPerHour(instance.market()))
        .max()
        .orElse(0);
  }

  private double usdPerWork(InstanceView instance) {
    for (InstanceType type : settings.types()) {
      if (type.name().equals(instance.type())) {
        return type.usdPerHour(instance.market()) / (type.slots() * type.speed());
      }
    }
    return Double.MAX_VALUE;
  }

  /** The type that does so many tasks at once for the least money. */
  InstanceType cheapest(Market market, int tasks) {
    return settings.types().stream()
        .min(
            Comparator.comparingDouble(
                t -> t.usdPerHour(market) / (Math.min(t.slots(), Math.max(1, tasks)) * t.speed())))
        .orElseThrow();
  }

  /** Instances of one kind and market. */
  int count(WorkKind kind, Market market) {
    return (int) kept.stream().filter(i -> i.kind() == kind && i.market() == market).count();
  }
}
