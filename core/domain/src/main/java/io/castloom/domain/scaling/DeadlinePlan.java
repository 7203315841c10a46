package io.castloom.domain.scaling;

/**
 * For the tasks that are there: the number of instances at which one more would cost more than the
 * late tasks it prevents, and of these only the ones for which the next tick would be too late.
 */
final class DeadlinePlan {
  /** What an instance launched a tick too early costs on average, as a share of the tick. */
  private static final double PATIENCE = 0.5;

  private final LateTasks late;
  private final double instanceCost;
  private final double waitValue;
  private final int most;

  /**
   * What was found. {@code worth} are worth launching at some time, {@code now} of them at once.
   */
  record Found(int now, int worth) {
    static final Found NOTHING = new Found(0, 0);
  }

  private DeadlinePlan(Pool pool, LateTasks late, int most) {
    this.late = late;
    this.instanceCost = (pool.boot.mean() + pool.tick) * pool.type.slots();
    this.waitValue = PATIENCE * pool.tick * pool.type.slots();
    // more slots than tasks would only be there in case that some boot late
    this.most = Math.min(most, Math.ceilDiv(pool.tasks.size(), pool.type.slots()));
  }

  static Found find(Pool pool, LateTasks late, int most) {
    return pool.tasks.isEmpty() ? Found.NOTHING : new DeadlinePlan(pool, late, most).find();
  }

  private Found find() {
    double none = late.cost(0, 0);
    if (none <= 0 || most == 0) {
      return Found.NOTHING;
    }
    int worth = cheapest();
    if (worth == 0) {
      return Found.NOTHING;
    }
    return new Found(atOnce(worth), worth);
  }

  /** The number with the least sum of late tasks and instances: doubling, then halving the step. */
  private int cheapest() {
    int best = 0;
    double bestCost = late.cost(0, 0);
    int step = 1;
    int misses = 0;
    for (int k = 1; k <= most && misses < 2; k = Math.min(k + step, Math.max(k + 1, most))) {
      double cost = late.cost(k, 0) + k * instanceCost;
      if (cost < bestCost) {
        best = k;
        bestCost = cost;
        misses = 0;
      } else {
        misses++;
      }
      step = k < 4 ? 1 : k / 3;
    }
    for (int around = Math.max(1, best / 4); around >= 1; around /= 2) {
      for (int k = best - around; k <= best + around; k += 2 * around) {
        if (k > 0 && k <= most) {
          double cost = late.cost(k, 0) + k * instanceCost;
          if (cost < bestCost) {
            best = k;
            bestCost = cost;
          }
        }
      }
    }
    return best;
  }

  /**
   * How many of them cannot wait: halving on the gain of launching that many now and the rest a
   * tick later.
   */
  private int atOnce(int worth) {
    double allNow = late.cost(worth, 0);
    if (late.cost(0, worth) - allNow <= waitValue) {
      return 0;
    }
    int low = 0;
    int high = worth;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (late.cost(middle, worth - middle) - allNow <= waitValue * (worth - middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
