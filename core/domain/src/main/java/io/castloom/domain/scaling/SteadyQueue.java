package io.castloom.domain.scaling;

/**
 * A queue at a steady rate whose tasks are shorter than a boot: what is in it now is over before an
 * instance could come, so the number of slots has to be right on average. Waits by Erlang's C, with
 * the correction of Allen and Cunneen for services that are less scattered than exponential ones
 * (Allen, "Probability, Statistics and Queueing Theory", 5.2).
 */
final class SteadyQueue {
  /** Squared coefficients of variation of arrivals, 1, and of services, together by half. */
  private static final double SCATTER = 0.7;

  private final double rate;
  private final double service;
  private final double load;

  /**
   * @param rate arrivals a second
   * @param service their mean length on one slot, seconds
   */
  SteadyQueue(double rate, double service) {
    this.rate = rate;
    this.service = service;
    this.load = rate * service;
  }

  /** Share of tasks that wait longer than {@code target} seconds for one of so many slots. */
  double late(int slots, double target) {
    return slots <= load
        ? 1
        : waits(slots) * Math.exp(-(slots - load) * target / (service * SCATTER));
  }

  /** Chance that a task finds all slots taken: Erlang's C by the recursion of his B. */
  private double waits(int slots) {
    double lost = 1;
    for (int i = 1; i <= slots; i++) {
      lost = load * lost / (i + load * lost);
    }
    return slots * lost / (slots - load * (1 - lost));
  }

  /**
   * The most slots of which each prevents late tasks that are worth more than itself. All work is
   * done with any number above the load, so one more slot is idle for all of its time.
   *
   * @param price of a late task, in seconds of a slot
   * @param margin by how much more it must be worth
   */
  int wanted(double target, double price, int most, double margin) {
    int wanted = 0;
    double before = 1;
    for (int slots = (int) load + 1; slots <= most; slots++) {
      double now = late(slots, target);
      if (price * rate * (before - now) <= 1 + margin) {
        break;
      }
      wanted = slots;
      before = now;
    }
    return wanted;
  }
}
