package io.castloom.domain.job;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One try at a task, for its history.
 *
 * @param instance the id of the instance that tried
 * @param endedAt null while it runs, or when its instance died
 * @param outcome {@code produced}, {@code retry}, {@code rejected}, {@code interrupted}, {@code
 *     cancelled}; null while it runs
 * @param cause why it did not succeed; empty when it did
 * @param stderrTail the tool's last words
 */
public record Attempt(
    String instance,
    String encoder,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    String cause,
    String stderrTail) {

  public Attempt {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(encoder);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(cause);
    Objects.requireNonNull(stderrTail);
  }
}
