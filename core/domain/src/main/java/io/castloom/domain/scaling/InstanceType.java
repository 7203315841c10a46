package io.castloom.domain.scaling;

import java.util.Objects;

/**
 * A kind of machine that may be launched.
 *
 * @param name the fleet's name, such as {@code c7g.large}
 * @param slots tasks it works on at once, 1 to 256
 * @param speed how fast each slot is beside the machine on which estimates are made; greater than 0
 * @param onDemandUsdPerHour list price, greater than 0
 * @param spotUsdPerHour present spot price, greater than 0; equal to the list price where spot is
 *     not offered
 */
public record InstanceType(
    String name, int slots, double speed, double onDemandUsdPerHour, double spotUsdPerHour) {
  public InstanceType {
    Objects.requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("an instance type needs a name");
    }
    if (slots < 1 || slots > 256) {
      throw new IllegalArgumentException("slots of " + name + " are 1 to 256, not " + slots);
    }
    if (!(speed > 0 && speed <= 100)) {
      throw new IllegalArgumentException(
          "speed of " + name + " is above 0 and at most 100, not " + speed);
    }
    if (!(onDemandUsdPerHour > 0) || !(spotUsdPerHour > 0)) {
      throw new IllegalArgumentException(
          "prices of "
              + name
              + " must be above 0: on demand "
              + onDemandUsdPerHour
              + ", spot "
              + spotUsdPerHour);
    }
  }

  /** What an hour costs in US dollars. */
  public double usdPerHour(Market market) {
    return switch (market) {
      case ON_DEMAND -> onDemandUsdPerHour;
      case SPOT -> spotUsdPerHour;
      case GUEST -> 0;
    };
  }
}
