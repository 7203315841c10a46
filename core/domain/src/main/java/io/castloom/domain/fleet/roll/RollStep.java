package io.castloom.domain.fleet.roll;

import java.util.List;
import java.util.Objects;

/**
 * A step of a roll. Whoever carries it out keeps {@code next} first: then a crash between any two
 * calls repeats a launch with the same token, and a drain that was not sent is decided again.
 */
public record RollStep(Roll next, List<RollAction> actions) {
  public RollStep {
    Objects.requireNonNull(next);
    actions = List.copyOf(actions);
  }
}
