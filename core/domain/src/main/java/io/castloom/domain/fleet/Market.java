package io.castloom.domain.fleet;

/** How an instance is paid for. */
public enum Market {
  ON_DEMAND,
  SPOT
}
