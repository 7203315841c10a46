package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the peers' rules have in common: a wanted number of instances for each kind. Kinder than
 * life: pending instances count, idle ones end first, a busy one finishes its task, and a boot that
 * takes five minutes is replaced.
 */
abstract class Peer implements Policy {
  private static final double BOOT_TIMEOUT = 300;

  private final String name;
  final WorkKind kind;
  final double target;
  private final InstanceType type;
  private final int max;

  Peer(String name, WorkKind kind, double target, InstanceType type, int max) {
    this.name = name;
    this.kind = kind;
    this.target = target;
    this.type = type;
    this.max = max;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void tick(SimulatedFleet fleet) {
    for (Machine machine : List.copyOf(fleet.machines)) {
      if (!machine.ready && fleet.now - machine.launched > BOOT_TIMEOUT) {
        fleet.drain(machine);
      }
    }
    int active = active(fleet);
    int wanted = Math.clamp(wanted(fleet, active), 0, max);
    for (int i = active; i < wanted; i++) {
      fleet.launch(kind, type, Market.ON_DEMAND);
    }
    if (wanted < active) {
      List<Machine> candidates = new ArrayList<>(fleet.machines);
      candidates.removeIf(m -> m.draining);
      candidates.sort(Comparator.comparingInt(m -> m.running.isEmpty() ? m.ready ? 0 : 1 : 2));
      candidates.subList(0, active - wanted).forEach(fleet::drain);
    }
  }

  private static int active(SimulatedFleet fleet) {
    return (int) fleet.machines.stream().filter(m -> !m.draining).count();
  }

  /** How many instances the rule wants, given how many are there. */
  abstract int wanted(SimulatedFleet fleet, int active);
}
