package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task that occupies a slot.
 *
 * @param id the task
 * @param workClass its class; its kind is its instance's
 * @param profile the key under which service times are learned; may be empty
 * @param startedAt when its worker took it
 * @param estimate expected service time on an instance of speed 1, or null when nobody knows
 */
public record RunningTask(
    String id,
    WorkClass workClass,
    String profile,
    Instant startedAt,
    @Nullable Duration estimate) {
  public RunningTask {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(workClass, "workClass");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(startedAt, "startedAt");
  }
}
