package io.castloom.domain.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a waiting task goes before others of its account.
 *
 * @param deadline until when its job is wanted, to the millisecond; null when it is not said
 * @param begun whether earlier tasks of its job are done, so that its job is nearer to its end
 */
public record Haste(@Nullable Instant deadline, boolean begun) {

  public Haste {
    deadline = deadline == null ? null : Instant.ofEpochMilli(deadline.toEpochMilli());
  }

  /** The haste of a task; null when it has none. */
  public static @Nullable Haste of(@Nullable Instant deadline, boolean begun) {
    return deadline == null && !begun ? null : new Haste(deadline, begun);
  }
}
