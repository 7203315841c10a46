package io.castloom.local.runner;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.local.instance.MetadataServer;
import java.io.IOException;

/** What the emulator knows of an instance. */
@FunctionalInterface
public interface Machines {

  /**
   * @throws IOException the emulator does not know it or does not answer
   */
  MetadataServer.Identity identity(InstanceId instance) throws IOException;
}
