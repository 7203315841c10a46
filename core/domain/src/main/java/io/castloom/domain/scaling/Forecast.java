package io.castloom.domain.scaling;

import java.util.List;

/**
 * What the planner expects.
 *
 * @param lanes the waits of the tasks that wait now
 * @param hourlyCostUsd what an hour of the fleet costs after the decision
 */
public record Forecast(List<LaneForecast> lanes, double hourlyCostUsd) {
  public Forecast {
    lanes = List.copyOf(lanes);
  }

  /**
   * Expected waits of one lane.
   *
   * @param lane which
   * @param p95WaitSeconds ninety-fifth percentile of the whole wait of the tasks that wait now;
   *     infinite when no slot is expected
   * @param lateTasks how many of them are expected to start late
   */
  public record LaneForecast(Lane lane, double p95WaitSeconds, double lateTasks) {}
}
