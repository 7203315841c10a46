package io.castloom.domain.scaling;

/** How an instance is bought. */
public enum Market {
  /** At the list price, until we end it. */
  ON_DEMAND,
  /** Cheaper, and may be taken back with two minutes' notice. */
  SPOT
}
