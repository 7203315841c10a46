package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayList;
import java.util.List;

/** One simulated instance. Times are seconds from the trace's start. */
final class Machine {
  /** A job in one of its slots. */
  record Running(int job, double since) {}

  final String id;
  final WorkKind kind;
  final InstanceType type;
  final Market market;
  final double launched;

  /** When it takes its first task; infinite when the boot fails. */
  final double readyAt;

  final List<Running> running = new ArrayList<>(1);
  boolean ready;
  boolean draining;
  double idleSince;
  double ended = -1;

  Machine(
      String id, WorkKind kind, InstanceType type, Market market, double launched, double readyAt) {
    this.id = id;
    this.kind = kind;
    this.type = type;
    this.market = market;
    this.launched = launched;
    this.readyAt = readyAt;
  }

  boolean gone() {
    return ended >= 0;
  }

  boolean hasRoom() {
    return ready && !draining && !gone() && running.size() < type.slots();
  }
}
