package io.castloom.domain.job;

/** What sort of instance does a task. */
public enum TaskKind {
  /** Workers: analyse, encode, join. */
  TRANSCODE,
  /** Assemblers: stitch episodes. */
  ASSEMBLY;

  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
