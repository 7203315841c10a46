package io.castloom.domain.fleet.roll;

import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.InstanceId;

/** What a step of a roll does. It never ends an instance: a drained one ends by itself. */
public sealed interface RollAction {

  /** One instance more; asked again with its token, it launches nothing. */
  record Launch(String token, FleetImage image) implements RollAction {}

  /** Take no more tasks, finish those in hand, end. */
  record Drain(InstanceId instance, String reason) implements RollAction {}
}
