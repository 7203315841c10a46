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

  /** Of a share of late tasks below this nothing is left to prevent. */
  private static final double NOTHING = 1e-6;

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
   * So many slots that the late tasks they prevent are worth the most more than they cost. All work
   * is done with any number above the load, so what they cost is what they have above it. The first
   * above the load may prevent next to nothing, and the second nearly all: so the sums are held
   * against each other, not slot against slot.
   *
   * @param price of a late task, in seconds of a slot
   * @param margin by how much more it must be worth
   * @return 0 when no number is worth its cost
   */
  int wanted(double target, double price, int most, double margin) {
    int wanted = 0;
    double best = 0;
    double left = 1;
    for (int slots = (int) load + 1; slots <= most && left > NOTHING; slots++) {
      left = late(slots, target);
      double gain = price * rate * (1 - left) - (1 + margin) * (slots - load);
      if (gain > best) {
        best = gain;
        wanted = slots;
      }
    }
    return wanted;
  }
}
