package io.castloom.domain.job;

import java.util.Arrays;
import java.util.Optional;

/** What sort of instance does a task. */
public enum TaskKind {
  /** Workers: analyse, encode, join. */
  TRANSCODE,
  /** Assemblers: stitch episodes. */
  ASSEMBLY;

  /** The kind of a {@link #slug}; empty when there is none. */
  public static Optional<TaskKind> ofSlug(String slug) {
    return Arrays.stream(values()).filter(kind -> kind.slug().equals(slug)).findAny();
  }

  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
