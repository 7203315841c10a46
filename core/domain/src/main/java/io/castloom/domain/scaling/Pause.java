package io.castloom.domain.scaling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has stopped, and until when.
 *
 * @param inUntil nothing is drained before this instant; null when not paused
 * @param outUntil nothing is launched before this instant; null when not paused
 */
public record Pause(@Nullable Instant inUntil, @Nullable Instant outUntil) {
  /** Nothing is paused. */
  public static final Pause NONE = new Pause(null, null);

  /** Whether nothing is drained at this instant. */
  public boolean in(Instant at) {
    return inUntil != null && at.isBefore(inUntil);
  }

  /** Whether nothing is launched at this instant. */
  public boolean out(Instant at) {
    return outUntil != null && at.isBefore(outUntil);
  }
}
