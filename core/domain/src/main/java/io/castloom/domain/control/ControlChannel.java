package io.castloom.domain.control;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.queue.WorkQueue;
import java.io.IOException;
import java.util.List;

/**
 * The command-and-control queues, one for each instance, named after it. Commands come at least
 * once and in no promised order; each is acknowledged through the heartbeats.
 */
public interface ControlChannel {

  /** Makes the instance's queue if there is none, and gives it for listening. */
  WorkQueue<Directive> open(InstanceId instance) throws IOException;

  /**
   * Sends a command.
   *
   * @throws io.castloom.domain.queue.NoSuchQueueException the instance has no queue: it is gone or
   *     has not joined
   */
  void send(InstanceId instance, Directive directive) throws IOException;

  /** Removes the instance's queue; quietly does nothing when there is none. */
  void remove(InstanceId instance) throws IOException;

  /** The instances that have a queue. */
  List<InstanceId> list() throws IOException;
}
