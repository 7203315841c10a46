package io.castloom.domain.scaling;

import java.util.Objects;

/** Something the fleet is to do. Doing nothing is the empty list. */
public sealed interface Action {
  /** Why, in one sentence for people. */
  String reason();

  /**
   * Ask the fleet for one instance.
   *
   * @param token names this need: a fleet that has seen it launches nothing again
   * @param kind what it will serve
   * @param type the instance type
   * @param market how to buy it
   * @param onDemandFallback whether on-demand may be taken when spot is not to be had
   * @param reason why
   */
  record Launch(
      String token,
      WorkKind kind,
      String type,
      Market market,
      boolean onDemandFallback,
      String reason)
      implements Action {
    public Launch {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(market, "market");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Tell an idle instance to take no more work and to end.
   *
   * @param instanceId the instance
   * @param reason why
   */
  record Drain(String instanceId, String reason) implements Action {
    public Drain {
      Objects.requireNonNull(instanceId, "instanceId");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Terminate an instance that has been pending for so long that it will hardly come up; it holds
   * no task.
   *
   * @param instanceId the instance
   * @param reason why
   */
  record GiveUpBoot(String instanceId, String reason) implements Action {
    public GiveUpBoot {
      Objects.requireNonNull(instanceId, "instanceId");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
