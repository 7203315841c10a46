package io.castloom.domain;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Lets a share of calls fail, drawn from a seed: half of them before they do anything, half after
 * they took effect, as when an answer is lost. Safe for several threads.
 */
public final class Faults {

  /** A call that may fail. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws IOException;
  }

  private final double share;
  private final RandomGenerator random;
  private final AtomicLong injected = new AtomicLong();

  /**
   * @param share of the calls that fail, 0 to 1
   */
  public Faults(long seed, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is 0 to 1: " + share);
    }
    this.share = share;
    this.random = new SplittableRandom(seed);
  }

  /** How many calls failed so far. */
  public long injected() {
    return injected.get();
  }

  /** Makes a call, or fails, or both. */
  public <T> T around(String name, Call<T> call) throws IOException {
    double drawn = draw();
    if (drawn < share / 2) {
      throw fault(name + " did not reach the service");
    }
    T answer = call.run();
    if (drawn < share) {
      throw fault("the answer to " + name + " was lost");
    }
    return answer;
  }

  /** Whether something should fail now, in the middle of a stream for example. */
  public boolean strikes() {
    return draw() < share;
  }

  /** A fault to throw; it is counted. */
  public IOException fault(String message) {
    injected.incrementAndGet();
    return new IOException("injected: " + message);
  }

  private synchronized double draw() {
    return random.nextDouble();
  }
}
