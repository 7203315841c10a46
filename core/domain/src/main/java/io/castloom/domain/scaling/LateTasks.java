package io.castloom.domain.scaling;

import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the late tasks of a pool would cost, in slot seconds, if so many more instances were
 * launched: a forward simulation over the drawn futures, or over the means when there are so many
 * tasks that chance evens out.
 */
final class LateTasks {
  private static final int FEW_FUTURES_FROM = 60;
  private static final int ONE_FUTURE_FROM = 300;
  private static final int LIQUID_FROM = 600;

  /** What stands for a task that never starts. */
  private static final double NEVER = 1e4;

  private final Pool pool;
  private final int futures;
  private final QueueSimulation[] fleets;
  private final QueueSimulation scratch = new QueueSimulation();
  private final double[][] services;
  private final double[] weights;
  private final double[] releases;
  private final double[] deadlines;
  private final @Nullable LiquidBacklog liquid;

  LateTasks(Pool pool, Map<Lane, Double> prices) {
    this.pool = pool;
    int n = pool.tasks.size();
    this.futures = n >= ONE_FUTURE_FROM ? 1 : n >= FEW_FUTURES_FROM ? 4 : Draws.COUNT;
    this.liquid = n >= LIQUID_FROM ? new LiquidBacklog(pool.tasks, prices) : null;
    this.fleets = new QueueSimulation[futures];
    this.services = new double[futures][n];
    this.weights = new double[n];
    this.releases = new double[n];
    this.deadlines = new double[n];
    for (int i = 0; i < n && liquid == null; i++) {
      Pool.Task task = pool.tasks.get(i);
      weights[i] = prices.getOrDefault(task.lane(), 0.0);
      releases[i] = task.release();
      deadlines[i] = task.deadline();
    }
    for (int future = 0; future < futures && n > 0; future++) {
      draw(future);
    }
  }

  private void draw(int future) {
    QueueSimulation fleet = new QueueSimulation();
    for (Pool.Slot slot : pool.slots) {
      double freeAt =
          switch (slot.state()) {
            case FREE -> 0;
            case BUSY ->
                slot.law().residual(slot.age(), Draws.uniform(slot.hash(), future)) / slot.speed();
            case BOOTING -> booting(slot, future);
          };
      fleet.add(freeAt, slot.speed());
    }
    fleets[future] = fleet;
    for (int i = 0; i < services[future].length && liquid == null; i++) {
      Pool.Task task = pool.tasks.get(i);
      double service =
          futures == 1
              ? task.service()
              : LogNormal.ofMean(task.service(), task.sigma())
                  .quantile(Draws.uniform(task.hash(), future));
      boolean comes =
          task.certainty() >= 1 || Draws.uniform(~task.hash(), future) < task.certainty();
      services[future][i] = comes ? service : futures == 1 ? 0 : -1;
    }
  }

  private double booting(Pool.Slot slot, int future) {
    double alive = (1 - pool.failureChance) * pool.boot.survival(slot.age());
    double chance = alive / (alive + pool.failureChance);
    return Draws.uniform(~slot.hash(), future) < chance
        ? pool.boot.residual(slot.age(), Draws.uniform(slot.hash(), future))
        : Math.max(0, pool.giveUpAfter - slot.age()) + pool.boot.mean();
  }

  /**
   * Expected cost of late tasks with {@code now} more instances launched now and {@code later} a
   * tick later.
   */
  double cost(int now, int later) {
    double sum = 0;
    for (int future = 0; future < futures; future++) {
      sum += cost(future, now, later, 0);
    }
    return sum / futures;
  }

  /** The same with {@code fewer} of the slots that are free first taken away. */
  double costWithout(int fewer) {
    double sum = 0;
    for (int future = 0; future < futures; future++) {
      sum += cost(future, 0, 0, fewer);
    }
    return sum / futures;
  }

  /**
   * How many tasks, those that are announced among them, are expected to start late with so many
   * more instances launched now (negative: with fewer, of those that are free first).
   */
  double expected(int more) {
    if (pool.tasks.isEmpty()) {
      return 0; // idle instances are a picture, too
    }
    if (liquid != null) {
      double[] starts = starts(more);
      return IntStream.range(0, starts.length)
          .filter(i -> starts[i] > pool.tasks.get(i).deadline())
          .count();
    }
    double sum = 0;
    for (int future = 0; future < futures; future++) {
      ready(future, Math.max(0, more), 0, Math.max(0, -more) * pool.type.slots());
      double[] service = services[future];
      for (int i = 0; i < service.length; i++) {
        if (service[i] >= 0 && scratch.start(releases[i], service[i]) > deadlines[i]) {
          sum++;
        }
      }
    }
    return sum / futures;
  }

  private double cost(int future, int now, int later, int fewer) {
    ready(future, now, later, fewer);
    return liquid == null
        ? walk(future)
        : liquid.lateCost(scratch.freeTimes(), pool.type.speed(), 2 * pool.boot.mean());
  }

  /** Brings a future's fleet into the scratch simulation. */
  private void ready(int future, int now, int later, int fewer) {
    scratch.copy(fleets[future]);
    for (int i = 0; i < fewer; i++) {
      scratch.start(0, 1e12);
    }
    for (int i = 0; i < now + later; i++) {
      double boot = newBoot(i, future) + (i < now ? 0 : pool.tick);
      for (int slot = 0; slot < pool.type.slots(); slot++) {
        scratch.add(boot, pool.type.speed());
      }
    }
  }

  private double newBoot(int index, int future) {
    long hash = Draws.hash(index);
    return Draws.uniform(~hash, future) < 1 - pool.failureChance
        ? Math.max(0.9 * pool.boot.mean(), pool.boot.quantile(Draws.uniform(hash, future)))
        : pool.giveUpAfter + pool.boot.mean();
  }

  private double walk(int future) {
    double[] service = services[future];
    double late = 0;
    for (int i = 0; i < service.length; i++) {
      if (service[i] < 0) {
        continue;
      }
      double start = scratch.start(releases[i], service[i]);
      if (start > deadlines[i]) {
        late += weights[i] * times(start - deadlines[i], 2 * pool.boot.mean());
      }
    }
    return late;
  }

  /**
   * A late task goes on costing, as much again for every two boots: a backlog that nobody could
   * start in time must be worked off all the same.
   */
  static double times(double lateness, double twoBoots) {
    return 1 + Math.min(NEVER, lateness / twoBoots);
  }

  /**
   * When each task of the pool would start by the first future, seconds from now, with so many more
   * instances (negative: fewer of those that are free first).
   */
  double[] starts(int more) {
    if (fleets.length == 0 || pool.tasks.isEmpty()) {
      return new double[0];
    }
    scratch.copy(fleets[0]);
    for (int i = 0; i < -more * pool.type.slots(); i++) {
      scratch.start(0, 1e12);
    }
    for (int i = 0; i < more * pool.type.slots(); i++) {
      scratch.add(pool.boot.mean(), pool.type.speed());
    }
    if (liquid != null) {
      return liquid.starts(scratch.freeTimes(), pool.type.speed());
    }
    double[] starts = new double[pool.tasks.size()];
    for (int i = 0; i < starts.length; i++) {
      Pool.Task task = pool.tasks.get(i);
      starts[i] = scratch.start(task.release(), task.service());
    }
    return starts;
  }
}
