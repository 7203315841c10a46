package io.castloom.ingest.intake;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that send parts for all uploads together: what they hold in memory does not grow
 * with the number of uploads.
 */
public final class Senders implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * @param atOnce parts on their way at the same time, at least 1
   */
  public Senders(int atOnce) {
    this.threads =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().daemon().name("part-", 0).factory());
  }

  void run(Runnable task) {
    threads.execute(task);
  }

  /** Waits a moment for what is on its way, then stops. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
