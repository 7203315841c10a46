package io.castloom.tests.cloud;

import io.castloom.aws.AwsClients;
import io.castloom.aws.CallListener;
import io.castloom.local.cloud.EmbeddedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The embedded cloud, one for the whole run, its state in a temporary folder. */
public final class Embedded {

  private static final class Holder {
    static final EmbeddedCloud CLOUD = start();
    static final AwsClients CLIENTS = new AwsClients(CLOUD.settings(), CallListener.none());
  }

  private Embedded() {}

  public static EmbeddedCloud cloud() {
    return Holder.CLOUD;
  }

  public static AwsClients clients() {
    return Holder.CLIENTS;
  }

  private static EmbeddedCloud start() {
    try {
      return EmbeddedCloud.start(
          Files.createTempDirectory("castloom-embedded"), EmbeddedCloud.Ports.FREE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
