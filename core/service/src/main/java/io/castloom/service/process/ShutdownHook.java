package io.castloom.service.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into a wish to end, and holds the JVM until the main thread has closed
 * everything, at most {@link #PATIENCE_SECONDS}: systemd and EC2 kill after 90 and 120 s.
 */
final class ShutdownHook implements AutoCloseable {

  static final int PATIENCE_SECONDS = 80;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private ShutdownHook(Stop stop) {
    hook =
        new Thread(
            () -> {
              stop.request("signal");
              try {
                closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "shutdown");
  }

  static ShutdownHook install(Stop stop) {
    ShutdownHook installed = new ShutdownHook(stop);
    Runtime.getRuntime().addShutdownHook(installed.hook);
    return installed;
  }

  /** Everything is closed. */
  void finished() {
    closed.countDown();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is shutting down: the hook runs, and has been let go
    }
  }
}
