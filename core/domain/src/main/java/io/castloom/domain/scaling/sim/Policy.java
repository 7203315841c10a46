package io.castloom.domain.scaling.sim;

/** Somebody who scales a simulated fleet: our planner, or a peer's rule. */
public interface Policy {
  /** For tables. */
  String name();

  /** Looks at the fleet and acts on it, once a tick. */
  void tick(SimulatedFleet fleet);
}
