package io.castloom.tests.bench;

/**
 * The time in which at least one call to a store was under way, of however many at once. It can
 * have somebody look around before each call.
 */
final class StoreTime {
  private int underWay;
  private long since;
  private long nanos;
  private volatile Runnable look = () -> {};

  /** Before each call from now on. */
  void before(Runnable first) {
    look = first;
  }

  void begins() {
    look.run();
    count();
  }

  private synchronized void count() {
    if (underWay++ == 0) {
      since = System.nanoTime();
    }
  }

  synchronized void ends() {
    if (--underWay == 0) {
      nanos += System.nanoTime() - since;
    }
  }

  /** So far; ask while nothing is under way. */
  synchronized double seconds() {
    return nanos / 1e9;
  }
}
