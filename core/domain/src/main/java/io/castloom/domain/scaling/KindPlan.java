package io.castloom.domain.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What one kind needs, before anything is said about limits. */
final class KindPlan {
  /**
   * Share of a boot for which a spare instance is kept, when targets are longer or shorter than a
   * boot.
   */
  private static final double KEEP_LOOSE = 0.0;

  private static final double KEEP_TIGHT = 0.5;
  private static final double START_LOOSE = 300;
  private static final double START_TIGHT = 1500;

  /**
   * A slot that is always warm costs one over the rate for each arrival; below that price sparse
   * traffic gets none.
   */
  private static final double WARM_SLOTS = 3;

  private static final double LAUNCH_MARGIN = 0.1;
  private static final double KEEP_MARGIN = 0.05;

  final Pool pool;
  final Map<Lane, Double> prices = new TreeMap<>();
  final Map<Lane, Double> rates = new TreeMap<>();
  final LateTasks late;
  final DeadlinePlan.Found found;
  final int headroomSlots;

  /** Instances that are missing for tasks that have not come yet. */
  private final int forHeadroom;

  /** Instances that are missing to the minimum, or to a schedule's. */
  private final int forMinimum;

  /** Instances to launch for the queue's sake, not yet limited. */
  final int launch;

  /** Instances that could go, by the last ticks. */
  final int drain;

  /** Spare instances of the last ticks, for the memory. */
  final List<Integer> spare;

  final int free;
  final int busy;
  final int booting;

  /**
   * The instances of the kind that were launched, without guests.
   *
   * @param up take work
   * @param booting are pending
   * @param idle of those that are up, may end now
   * @param minimum are to be there
   */
  record Ours(int up, int booting, int idle, int minimum) {}

  KindPlan(Pool pool, PlannerMemory memory, ScalingSettings settings, Instant at, Ours ours) {
    this.pool = pool;
    Map<Pool.Slot.State, Integer> count = new EnumMap<>(Pool.Slot.State.class);
    pool.slots.forEach(slot -> count.merge(slot.state(), 1, Integer::sum));
    free = count.getOrDefault(Pool.Slot.State.FREE, 0);
    busy = count.getOrDefault(Pool.Slot.State.BUSY, 0);
    booting = count.getOrDefault(Pool.Slot.State.BOOTING, 0);
    int most = settings.limits().maxInstances();

    double horizon = pool.boot.quantile(0.9) + pool.tick;
    Map<Lane, Double> tight = new TreeMap<>();
    double tightEvents = 1;
    for (WorkClass workClass : WorkClass.values()) {
      Lane lane = new Lane(pool.kind, workClass);
      LaneMemory known = memory.lane(lane);
      double target = Durations.seconds(settings.target(workClass));
      boolean isTight = target < horizon;
      if (isTight) {
        tight.put(lane, target);
      }
      double start =
          isTight
              ? Math.max(START_TIGHT, WARM_SLOTS / Math.max(1e-9, known.arrivals().longRate()))
              : START_LOOSE;
      prices.put(lane, LatePrice.of(known, start, settings));
      RateMemory.Estimate rate = rate(known, at, pool.boot.mean());
      rates.put(lane, rate.perSecond());
      if (isTight) {
        tightEvents = Math.max(tightEvents, rate.events());
      }
    }
    late = new LateTasks(pool, prices);
    found = DeadlinePlan.find(pool, late, most);

    double tightRate = 0;
    double tightWorth = 0;
    double tightTarget = Double.MAX_VALUE;
    for (Map.Entry<Lane, Double> one : tight.entrySet()) {
      double laneRate = rates.getOrDefault(one.getKey(), 0.0);
      tightRate += laneRate;
      tightWorth += laneRate * prices.getOrDefault(one.getKey(), 0.0);
      tightTarget = Math.min(tightTarget, one.getValue());
    }
    int wantedSlots = 0;
    int keptSlots = 0;
    if (tightRate > 0) {
      HeadroomPlan headroom =
          new HeadroomPlan(
              pool, tightRate, tightTarget, tightWorth / tightRate, 1 / tightEvents, tight);
      wantedSlots = headroom.wanted(most * pool.type.slots(), LAUNCH_MARGIN);
      keptSlots = headroom.wanted(most * pool.type.slots(), -KEEP_MARGIN);
    }
    headroomSlots = wantedSlots;

    int standing = free + busy + (int) Math.round(booting * (1 - pool.failureChance));
    int slots = pool.type.slots();
    forHeadroom = Math.ceilDiv(Math.max(0, wantedSlots - standing), slots);
    forMinimum = Math.max(0, ours.minimum() - ours.up() - ours.booting());
    launch = Math.max(Math.max(found.now(), forHeadroom), Math.max(forMinimum, forgotten()));

    // what boots may never come, as a canary of a bad image: it lets nothing go that is up
    int up = free + busy;
    int excess =
        Math.min(ours.idle(), Math.max(0, (up - Math.max(keptSlots, wantedSlots)) / slots));
    excess = Math.min(excess, Math.max(0, ours.up() - ours.minimum()));
    if (launch > 0 || (!pool.tasks.isEmpty() && excess > 0 && needed(excess))) {
      excess = 0;
    }
    int window = 1 + (int) Math.round(keepSeconds(tightRate) / pool.tick);
    List<Integer> history = new ArrayList<>(memory.spare().getOrDefault(pool.kind, List.of()));
    history.add(excess);
    while (history.size() > window) {
      history.removeFirst();
    }
    drain = history.size() < window ? 0 : history.stream().mapToInt(i -> i).min().orElse(0);
    spare = history;
  }

  /**
   * For so long an instance must have been spare. Slots that stand ready for what may come are more
   * after each arrival and fewer until the next: to let one go between two, and launch it again
   * with the second, costs a boot each time. So the time spans two arrivals, if they are no further
   * apart than a boot takes.
   */
  private double keepSeconds(double tightRate) {
    double boot = pool.boot.mean();
    if (tightRate == 0) {
      return KEEP_LOOSE * boot;
    }
    double apart = 1 / tightRate + pool.tick;
    return apart <= boot ? Math.max(KEEP_TIGHT * boot, apart) : KEEP_TIGHT * boot;
  }

  /**
   * Hard rule: when a task is late and nothing is booting nor working, at least one is launched.
   */
  private int forgotten() {
    return booting + free + busy == 0 && pool.tasks.stream().anyMatch(Pool.Task::overdue) ? 1 : 0;
  }

  /** Whether work that waits or is announced would be late without so many idle instances. */
  private boolean needed(int instances) {
    return late.costWithout(instances * pool.type.slots()) > late.cost(0, 0) + 1e-9;
  }

  private static RateMemory.Estimate rate(LaneMemory known, Instant at, double boot) {
    RateMemory.Estimate present = known.arrivals().estimate();
    if (!known.calendar().trusted()) {
      return present;
    }
    double usual = known.calendar().rate(at.plusSeconds((long) boot));
    return usual > present.perSecond()
        ? new RateMemory.Estimate(usual, present.events() + 4)
        : present;
  }

  /** Whether there is nothing to say about it. */
  boolean quiet() {
    return pool.slots.isEmpty()
        && pool.tasks.isEmpty()
        && launch == 0
        && rates.values().stream().allMatch(r -> r == 0);
  }

  /** The most urgent class that has work or expects it. */
  WorkClass mostUrgent() {
    if (!pool.tasks.isEmpty()) {
      // the first to be served, or, when none waits yet, the first that is announced
      return pool.tasks.getFirst().lane().workClass();
    }
    for (Map.Entry<Lane, Double> rate : rates.entrySet()) {
      if (rate.getValue() > 0) {
        return rate.getKey().workClass();
      }
    }
    return WorkClass.BULK;
  }

  String launchReason() {
    if (launch == found.now()) {
      return String.format(
          Locale.ROOT,
          "%d tasks wait or are announced; one tick later their late ones would cost more than the instances do",
          pool.tasks.size());
    }
    if (launch == forHeadroom) {
      return "a boot takes longer than the target wait, so "
          + headroomSlots
          + " slots are kept ready for what may come";
    }
    return launch == forMinimum
        ? "the minimum or a schedule asks for it"
        : "a task is overdue and nothing works or boots";
  }

  String drainReason() {
    return "idle, and worth less than it costs";
  }
}
