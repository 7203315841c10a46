package io.castloom.domain.scaling;

import java.util.Map;

/**
 * For tasks that have not come yet, when a boot takes longer than they may wait: how many slots
 * must stand one boot ahead. One more slot is worth the late arrivals it prevents, and costs the
 * time it would stand idle; a slot that works costs nothing. Tasks that are shorter than a boot
 * want a {@link SteadyQueue} besides: of those that are here now none will be left.
 */
final class HeadroomPlan {
  private final double price;
  private final double target;
  private final boolean fleeting;
  private final SteadyQueue steady;
  private final double rate;
  private final SystemCount late;
  private final SystemCount present;

  /**
   * @param pool slots and tasks
   * @param rate arrivals a second of the lanes whose target is shorter than a boot
   * @param target the shortest of their targets, seconds
   * @param price their price of a late task, seconds
   * @param dispersion variance of arrivals over their mean beyond Poisson's, per expected arrival
   * @param tight which lanes count
   */
  HeadroomPlan(
      Pool pool,
      double rate,
      double target,
      double price,
      double dispersion,
      Map<Lane, Double> tight) {
    this.rate = rate;
    this.price = price;
    this.target = target;
    double horizon = pool.boot.mean() + pool.tick;
    double mean = 0;
    double variance = 0;
    for (Pool.Slot slot : pool.slots) {
      if (slot.state() == Pool.Slot.State.BUSY) {
        double stays = slot.law().survival(slot.age(), horizon * slot.speed());
        mean += stays;
        variance += stays * (1 - stays);
      }
    }
    for (Pool.Task task : pool.tasks) {
      if (tight.containsKey(task.lane()) && task.release() <= 0) {
        double stays = LogNormal.ofMean(task.service(), task.sigma()).survival(horizon);
        mean += stays;
        variance += stays * (1 - stays);
      }
    }
    double takes = pool.meanService();
    LogNormal service = LogNormal.ofMean(takes, 0.6);
    fleeting = takes < horizon;
    steady = new SteadyQueue(rate, takes / pool.type.speed());
    double before = Math.max(0, horizon - target);
    double survivesLate = before <= 0 ? 1 : meanSurvival(service, target, horizon);
    double comeBefore = rate * before * survivesLate;
    late =
        new SystemCount(mean + comeBefore, variance + comeBefore * (1 + dispersion * comeBefore));
    double comeAll = rate * horizon * meanSurvival(service, 0, horizon);
    present = new SystemCount(mean + comeAll, variance + comeAll * (1 + dispersion * comeAll));
  }

  private static double meanSurvival(LogNormal service, double from, double to) {
    double sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += service.survival(from + (to - from) * (i + 0.5) / 8);
    }
    return sum / 8;
  }

  /** Slots that are worth having one boot ahead. */
  int wanted(int most, double margin) {
    int scanned = (int) Math.min(most, present.mean() + 8 * Math.sqrt(present.variance()) + 8);
    SystemCount.Chance[] arriving = late.chances(scanned);
    SystemCount.Chance[] standing = present.chances(scanned);
    int slots = 0;
    for (int c = 0; c < scanned; c++) {
      if (price * rate * arriving[c].exactly() > standing[c].atMost() + margin) {
        slots = c + 1;
      } else if (c > late.mean() + 1) {
        break;
      }
    }
    return fleeting ? Math.max(slots, steady.wanted(target, price, most, margin)) : slots;
  }
}
