package io.castloom.domain.scaling;

/** Where an instance is in its life; one that is gone is no longer in the snapshot. */
public enum InstanceState {
  /** Launched, paid for, not yet taking work. */
  PENDING,
  /** Takes work. */
  RUNNING,
  /** Takes no new work; ends when its tasks are done. */
  DRAINING
}
