package io.castloom.domain.scaling;

/**
 * What an instance does. Each kind has its own queues and its own instances; all kinds share one
 * budget.
 */
public enum WorkKind {
  /** Analyse, encode, join: the work of the workers. */
  TRANSCODE,
  /** Stitch episodes: the work of the assemblers. */
  ASSEMBLY
}
