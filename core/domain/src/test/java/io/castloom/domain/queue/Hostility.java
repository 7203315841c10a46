package io.castloom.domain.queue;

/**
 * How unkind a {@link MemoryWorkQueue} is, within what SQS promises of a standard queue. Chances
 * are 0 to 1 and drawn from the seed, so a run can be repeated.
 *
 * @param duplicate that a message is handed out although it is under a lease
 * @param reorder that a receive takes the messages in a drawn order instead of the oldest first
 * @param miss that a receive does not see a message that is there
 * @param expire that a lease ends as soon as it was given, as after a long pause of the process
 */
public record Hostility(long seed, double duplicate, double reorder, double miss, double expire) {

  public Hostility {
    for (double chance : new double[] {duplicate, reorder, miss, expire}) {
      if (!(chance >= 0 && chance <= 1)) {
        throw new IllegalArgumentException("a chance is 0 to 1: " + chance);
      }
    }
  }

  /** Oldest first, each once: for tests that are about something else. */
  public static Hostility none() {
    return new Hostility(0, 0, 0, 0, 0);
  }

  /** Duplicates, reorders, misses and expires often enough that a short test meets each. */
  public static Hostility hostile(long seed) {
    return new Hostility(seed, 0.2, 0.5, 0.2, 0.1);
  }
}
