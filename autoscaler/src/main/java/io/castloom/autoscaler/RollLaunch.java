package io.castloom.autoscaler;

import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.WorkKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a roll's next instance is like, so that the fleet costs after the roll what it did before.
 *
 * @param types the type that most instances of the kind have; empty leaves it to the fleet
 * @param market as the kind's instances are shared between the markets
 * @param room how many such the maximum and the hourly budget allow, at least 0
 */
record RollLaunch(List<String> types, Market market, int room) {

  RollLaunch {
    types = List.copyOf(types);
  }

  /**
   * @param fleet all instances, of every kind
   * @param fresh those that boot from the image to which the fleet is rolled
   */
  static RollLaunch of(
      WorkKind kind, List<InstanceView> fleet, Set<String> fresh, ScalingSettings settings) {
    Map<String, Integer> types = new TreeMap<>();
    int all = 0;
    int spot = 0;
    int freshAll = 0;
    int freshSpot = 0;
    double hourlyUsd = 0;
    for (InstanceView instance : fleet) {
      hourlyUsd += price(instance.type(), instance.market(), settings);
      if (instance.kind() == kind) {
        int isSpot = instance.market() == Market.SPOT ? 1 : 0;
        types.merge(instance.type(), 1, Integer::sum);
        all++;
        spot += isSpot;
        if (fresh.contains(instance.id())) {
          freshAll++;
          freshSpot += isSpot;
        }
      }
    }
    String type =
        types.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    double share = all == 0 ? 0 : (double) spot / all;
    Market market =
        Math.floor((freshAll + 1) * share + 1e-9) > freshSpot ? Market.SPOT : Market.ON_DEMAND;
    // what spot cannot give is on-demand: it has to be affordable as that
    double price = price(type, Market.ON_DEMAND, settings);
    double left = settings.limits().hourlyBudgetUsd() - hourlyUsd;
    int room =
        (int)
            Math.min(
                settings.limits().maxInstances() - fleet.size(),
                price <= 0 ? Integer.MAX_VALUE : Math.floor(left / price + 1e-9));
    return new RollLaunch(type.isEmpty() ? List.of() : List.of(type), market, Math.max(0, room));
  }

  /** Of a type that is not in the settings, the dearest's. */
  private static double price(String name, Market market, ScalingSettings settings) {
    double dearest = 0;
    for (InstanceType type : settings.types()) {
      if (type.name().equals(name)) {
        return type.usdPerHour(market);
      }
      dearest = Math.max(dearest, type.usdPerHour(market));
    }
    return dearest;
  }
}
