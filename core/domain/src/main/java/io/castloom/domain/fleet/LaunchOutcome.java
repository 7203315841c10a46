package io.castloom.domain.fleet;

import java.util.List;
import java.util.Objects;

/** How a launch ended. */
public sealed interface LaunchOutcome {

  /** All that were asked for, or, with a reason, some of them. */
  record Launched(List<Instance> instances, List<String> shortfalls) implements LaunchOutcome {
    public Launched {
      instances = List.copyOf(instances);
      shortfalls = List.copyOf(shortfalls);
    }
  }

  /**
   * None: no capacity, a limit of the account, a wrong template. The reason says which and what to
   * do.
   */
  record Refused(String reason) implements LaunchOutcome {
    public Refused {
      Objects.requireNonNull(reason);
    }
  }
}
