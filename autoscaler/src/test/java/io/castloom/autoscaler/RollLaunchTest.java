package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.InstanceState;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.InstanceView;
import io.castloom.domain.scaling.Limits;
import io.castloom.domain.scaling.Market;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.WorkKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollLaunchTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final InstanceType SMALL = new InstanceType("small", 1, 1, 0.10, 0.04);
  private static final InstanceType LARGE = new InstanceType("large", 4, 1, 1.00, 0.40);

  private final List<InstanceView> fleet = new ArrayList<>();
  private int made;

  private void add(int count, String type, Market market) {
    for (int i = 0; i < count; i++) {
      fleet.add(
          new InstanceView(
              "i-" + made++,
              WorkKind.TRANSCODE,
              type,
              market,
              InstanceState.RUNNING,
              NOON,
              NOON,
              NOON,
              null,
              1,
              List.of()));
    }
  }

  private RollLaunch next(double budget, int max, String... fresh) {
    ScalingSettings settings =
        ScalingSettings.defaults(SMALL, budget)
            .withTypes(List.of(SMALL, LARGE))
            .withLimits(new Limits(Map.of(), max, 10, budget));
    return RollLaunch.of(WorkKind.TRANSCODE, fleet, Set.of(fresh), settings);
  }

  @Test
  void the_room_is_what_the_budget_leaves_at_the_price_of_the_type_that_is_launched() {
    add(5, "small", Market.ON_DEMAND);
    // five small ones cost 0.50; the large type, which the settings have too, is not launched
    assertThat(next(0.65, 20)).isEqualTo(new RollLaunch(List.of("small"), Market.ON_DEMAND, 1));
    assertThat(next(0.59, 20).room()).isZero();
    assertThat(next(0.80, 6).room()).isEqualTo(1);
    assertThat(next(9, 5).room()).isZero();
    assertThat(next(0.20, 20).room()).as("a budget that was made smaller").isZero();
  }

  @Test
  void spot_instances_cost_what_they_cost_and_the_next_has_to_be_affordable_without() {
    add(5, "small", Market.SPOT);
    assertThat(next(0.30, 20)).isEqualTo(new RollLaunch(List.of("small"), Market.SPOT, 1));
    assertThat(next(0.29, 20).room()).isZero();
  }

  @Test
  void a_fleet_keeps_its_share_of_spot_while_it_is_rolled() {
    add(6, "small", Market.SPOT);
    add(4, "small", Market.ON_DEMAND);
    Set<String> fresh = new HashSet<>();
    int spot = 0;
    for (int i = 0; i < 10; i++) {
      Market market = next(99, 99, fresh.toArray(String[]::new)).market();
      spot += market == Market.SPOT ? 1 : 0;
      // it joins, and an old one of the same market goes
      add(1, "small", market);
      fresh.add(fleet.getLast().id());
      fleet.remove(
          fleet.stream()
              .filter(it -> !fresh.contains(it.id()))
              .filter(it -> it.market() == market)
              .findFirst()
              .orElse(fleet.getFirst()));
    }
    assertThat(spot).isEqualTo(6);
  }

  @Test
  void an_empty_fleet_leaves_the_type_to_the_template() {
    assertThat(next(2.5, 20)).isEqualTo(new RollLaunch(List.of(), Market.ON_DEMAND, 2));
  }
}
