package io.castloom.domain.scaling;

import java.util.List;
import java.util.Objects;

/**
 * What the planner answers.
 *
 * @param id names the decision: its instant and the leader's epoch
 * @param actions what the fleet is to do, in this order
 * @param explanation why, for people
 * @param forecast what is expected if it is done
 * @param memory to be handed to the next decision
 */
public record Decision(
    String id,
    List<Action> actions,
    Explanation explanation,
    Forecast forecast,
    PlannerMemory memory) {
  public Decision {
    Objects.requireNonNull(id, "id");
    actions = List.copyOf(actions);
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(forecast, "forecast");
    Objects.requireNonNull(memory, "memory");
  }

  /** How many instances it launches. */
  public int launches() {
    return (int) actions.stream().filter(Action.Launch.class::isInstance).count();
  }

  /** How many instances it drains. */
  public int drains() {
    return (int) actions.stream().filter(Action.Drain.class::isInstance).count();
  }
}
