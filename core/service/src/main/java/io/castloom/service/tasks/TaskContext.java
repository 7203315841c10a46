package io.castloom.service.tasks;

import io.castloom.domain.fleet.InstanceId;

/** What a handler may ask and tell while it does a task. Safe for several threads. */
public interface TaskContext {

  /** The instance that does it. */
  InstanceId instance();

  /** Whether the task shall stop; the handler's thread is interrupted as well. */
  boolean stopping();

  /**
   * Whether the lease is certainly still this instance's. To be asked right before anything is
   * published; when it is false, nothing is.
   */
  boolean publishable();

  /** Tells how far it is, 0 to 1. */
  void progress(double fraction);
}
