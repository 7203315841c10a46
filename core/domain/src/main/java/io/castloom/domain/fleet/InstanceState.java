package io.castloom.domain.fleet;

/** An instance's life, as its provider sees it. Draining is the instance's own state, not this. */
public enum InstanceState {
  /** Launched, not yet running. */
  PENDING,
  /** The machine or process runs; whether it has joined is told by its heartbeat. */
  RUNNING,
  /** Being ended. */
  STOPPING,
  /** Gone; listed for a while. */
  GONE
}
