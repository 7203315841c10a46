package io.castloom.ingest.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells long answers that the server stops. */
public final class Stopping {
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** The server stops. */
  public void now() {
    stopped.countDown();
  }

  /**
   * Waits.
   *
   * @return true as soon as the server stops; false when the time has passed
   */
  boolean within(Duration time) throws InterruptedException {
    return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
