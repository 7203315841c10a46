package io.castloom.domain.scaling;

/** How urgent a task is, the most urgent first; free slots serve the classes in this order. */
public enum WorkClass {
  /** Somebody waits for it. */
  HIGH,
  /** The ordinary upload. */
  NORMAL,
  /** Back catalogue and nightly work. */
  BULK
}
