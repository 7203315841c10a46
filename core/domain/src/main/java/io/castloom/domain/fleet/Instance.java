package io.castloom.domain.fleet;

import io.castloom.domain.job.TaskKind;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * An instance of a fleet.
 *
 * @param type the provider's name of its size, for example {@code c7g.large}; {@code process}
 *     locally
 * @param tags all of its tags; {@link #LAUNCH_TOKEN} among them
 */
public record Instance(
    InstanceId id,
    TaskKind kind,
    InstanceState state,
    Market market,
    String type,
    Instant launchedAt,
    Map<String, String> tags) {

  /** The tag that makes a launch idempotent: the decision that it carries out. */
  public static final String LAUNCH_TOKEN = "castloom:launch";

  public Instance {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(state);
    Objects.requireNonNull(market);
    Objects.requireNonNull(type);
    Objects.requireNonNull(launchedAt);
    tags = Map.copyOf(tags);
  }
}
