package io.castloom.domain.scaling;

/** How an instance was bought. */
public enum Market {
  /** At the list price, until we end it. */
  ON_DEMAND,
  /** Cheaper, and may be taken back with two minutes' notice. */
  SPOT,
  /**
   * Not at all: somebody started it by hand, on a machine of their own. It works, costs nothing
   * here, counts in no limit, and nobody ends it.
   */
  GUEST
}
