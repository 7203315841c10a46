package io.castloom.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bench's month on smaller markets: reachable goals are reached whatever the market. */
class ArrangeMonthTest {
  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6})
  void every_reachable_goal_is_reached_within_two_percent(long seed) {
    ArrangeBench.Month month = ArrangeBench.simulate(new ArrangeMarket(seed, 1500, 40));
    assertThat(month.errors())
        .isNotEmpty()
        .allSatisfy((_, error) -> assertThat(error).isLessThanOrEqualTo(0.02));
  }
}
