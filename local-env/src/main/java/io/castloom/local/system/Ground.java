package io.castloom.local.system;

import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.local.fleet.InstanceCommand;
import java.io.IOException;
import java.util.Map;

/** What the processes of this machine stand on: a cloud, and a fleet whose instances run here. */
interface Ground extends AutoCloseable {

  /** What a process needs in its environment to reach the cloud. */
  Map<String, String> environment();

  /** Settings of the autoscaler that follow from the fleet. */
  Map<String, String> scaling();

  /**
   * The fleet.
   *
   * @param command what its instances run
   */
  Fleet fleet(InstanceCommand command) throws IOException;

  /** Gives an instance the notice of a spot interruption; nothing for one that does not run. */
  void interrupt(InstanceId instance);

  @Override
  void close();
}
