package io.castloom.service.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The wish that a process ends, from a signal, a command, or one of its parts. Thread-safe. */
public final class Stop {

  private final CountDownLatch wished = new CountDownLatch(1);
  private final AtomicReference<@Nullable Wish> first = new AtomicReference<>();

  /**
   * @param exitCode 0 when all is well
   */
  public record Wish(String reason, int exitCode) {}

  /** Ends the process in good order. The first wish counts. */
  public void request(String reason) {
    wish(new Wish(reason, 0));
  }

  /** Ends the process in good order, with exit code 1. */
  public void fail(String reason) {
    wish(new Wish(reason, 1));
  }

  private void wish(Wish wish) {
    first.compareAndSet(null, wish);
    wished.countDown();
  }

  public boolean isRequested() {
    return wished.getCount() == 0;
  }

  /** Waits for a wish. */
  public Wish await() throws InterruptedException {
    wished.await();
    Wish wish = first.get();
    return wish == null ? new Wish("stopped", 0) : wish;
  }
}
