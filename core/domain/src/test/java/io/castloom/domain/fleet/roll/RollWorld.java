package io.castloom.domain.fleet.roll;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A fleet with tasks, and a roll over it, in ticks of ten seconds. An autoscaler of its own keeps
 * as many instances as it wants, as the real one does, and by the roll's images.
 */
final class RollWorld {
  static final FleetImage OLD = FleetImage.DEFAULT;
  static final FleetImage NEW = new FleetImage("2");
  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private static final class Machine {
    final FleetImage image;
    int bootsFor;
    int busyFor;
    boolean draining;
    final boolean neverJoins;

    Machine(FleetImage image, int bootsFor) {
      this.image = image;
      this.neverJoins = bootsFor < 0;
      this.bootsFor = Math.abs(bootsFor);
    }

    RollView.Life life() {
      return draining
          ? RollView.Life.DRAINING
          : bootsFor > 0 ? RollView.Life.BOOTING : RollView.Life.WORKING;
    }
  }

  private final Random random;
  private final Map<String, Machine> machines = new TreeMap<>();
  private final Map<String, String> launched = new HashMap<>();
  private final int max;
  private int wanted;
  private int lent;
  double newFails;
  double newNeverBoots;
  Roll roll;
  int tick;
  int made;
  int mostDrainingOld;
  final List<String> broken = new ArrayList<>();

  RollWorld(long seed, int wanted, int max) {
    this.random = new Random(seed);
    this.wanted = wanted;
    this.max = max;
    for (int i = 0; i < wanted; i++) {
      make(OLD, 0);
    }
    roll = Roll.begin("r1", TaskKind.TRANSCODE, OLD, NEW, RollTerms.USUAL, "test", START);
  }

  private String make(FleetImage image, int boot) {
    String id = String.format("i-%04d", ++made);
    machines.put(id, new Machine(image, boot));
    return id;
  }

  int working() {
    return (int) machines.values().stream().filter(m -> m.life() == RollView.Life.WORKING).count();
  }

  long of(FleetImage image) {
    return machines.values().stream().filter(m -> m.image.equals(image)).count();
  }

  /** One tick: machines live, the autoscaler acts, the roll steps. */
  void step(boolean crashBetween) {
    tick++;
    Map<FleetImage, long[]> tries = live();
    if (random.nextInt(40) == 0) {
      wanted = Math.max(1, Math.min(max, wanted + random.nextInt(5) - 2));
    }
    scale();
    lent = surplusWorking();
    RollStep step = RollPlanner.next(roll, view(tries));
    roll = step.next();
    for (RollAction action : step.actions()) {
      switch (action) {
        case RollAction.Launch(String token, FleetImage image) -> {
          if (machines.size() >= max && !launched.containsKey(token)) {
            broken.add("launch above the maximum at tick " + tick);
          }
          String id = launched.computeIfAbsent(token, _ -> make(image, boot(image)));
          if (!crashBetween) {
            roll = roll.answered(List.of(new InstanceId(id)), "");
          }
        }
        case RollAction.Drain(InstanceId id, _) -> drain(id);
      }
    }
    mostDrainingOld =
        Math.max(
            mostDrainingOld,
            (int)
                machines.values().stream().filter(m -> m.draining && m.image.equals(OLD)).count());
  }

  private void drain(InstanceId id) {
    Machine machine = machines.get(id.value());
    if (machine == null || machine.life() != RollView.Life.WORKING) {
      broken.add("drain of " + id + ", which does not work, at tick " + tick);
      return;
    }
    machine.draining = true;
    boolean full = machines.size() >= max;
    int busy =
        (int)
            machines.values().stream()
                .filter(m -> m.busyFor > 0 && (!m.draining || m == machine))
                .count();
    int needed = full ? Math.min(busy, wanted) : wanted;
    if (working() < Math.min(needed, working() + 1 - lent)) {
      broken.add(working() + " slots of " + needed + " needed at tick " + tick);
    }
    lent = Math.max(0, lent - 1);
  }

  private int surplusWorking() {
    return (int)
        roll.progress().surplus().stream()
            .map(id -> machines.get(id.value()))
            .filter(m -> m != null && m.life() == RollView.Life.WORKING)
            .count();
  }

  private int boot(FleetImage image) {
    boolean never = image.equals(NEW) && random.nextDouble() < newNeverBoots;
    return never ? -20 : 3 + random.nextInt(15);
  }

  private Map<FleetImage, long[]> live() {
    Map<FleetImage, long[]> tries = new LinkedHashMap<>();
    machines.values().removeIf(m -> m.draining && m.busyFor == 0);
    machines.values().removeIf(m -> m.neverJoins && m.bootsFor <= 1);
    for (Machine machine : machines.values()) {
      if (machine.bootsFor > 0) {
        machine.bootsFor--;
      } else if (machine.busyFor > 0) {
        machine.busyFor--;
        if (machine.busyFor == 0 && !machine.draining) {
          boolean fails = random.nextDouble() < (machine.image.equals(NEW) ? newFails : 0.02);
          tries.computeIfAbsent(machine.image, _ -> new long[2])[fails ? 1 : 0]++;
        }
      } else if (!machine.draining && random.nextInt(3) == 0) {
        machine.busyFor = 1 + random.nextInt(12);
      }
    }
    return tries;
  }

  private void scale() {
    Set<String> surplus = new HashSet<>();
    roll.progress().surplus().forEach(id -> surplus.add(id.value()));
    int counted =
        (int)
            machines.entrySet().stream()
                .filter(m -> !m.getValue().draining && !surplus.contains(m.getKey()))
                .count();
    int missing = Math.min(wanted - counted, max - machines.size());
    int fresh = RollPlanner.ofNew(roll, view(Map.of()), Math.max(0, missing));
    for (int i = 0; i < missing; i++) {
      FleetImage image = i < fresh ? NEW : OLD;
      make(image, boot(image));
    }
    int up =
        (int)
            machines.entrySet().stream()
                .filter(m -> m.getValue().life() == RollView.Life.WORKING)
                .filter(m -> !surplus.contains(m.getKey()))
                .count();
    FleetImage leaving = roll.phase() == Roll.Phase.ROLLING_BACK ? NEW : OLD;
    machines.entrySet().stream()
        .filter(m -> m.getValue().life() == RollView.Life.WORKING && m.getValue().busyFor == 0)
        .filter(m -> !surplus.contains(m.getKey()) && m.getValue().image.equals(leaving))
        .limit(Math.max(0, up - wanted))
        .forEach(m -> m.getValue().draining = true);
  }

  private RollView view(Map<FleetImage, long[]> tries) {
    List<RollView.Member> members = new ArrayList<>();
    machines.forEach(
        (id, m) ->
            members.add(
                new RollView.Member(
                    new InstanceId(id), m.image, m.life(), 1, m.busyFor > 0 ? 1 : 0)));
    List<RollView.Tries> all = new ArrayList<>();
    tries.forEach((image, n) -> all.add(new RollView.Tries(image, n[0], n[1], TaskKind.TRANSCODE)));
    return new RollView(
        START.plus(Duration.ofSeconds(10L * tick)),
        members,
        all,
        0,
        0,
        Math.max(0, max - machines.size()));
  }
}
