package io.castloom.domain.scaling;

import java.util.List;
import java.util.Map;

/**
 * A huge backlog as a liquid: a task starts when the fleet has had time for all the work before it.
 * Neighbours in the queue are taken together, so that a plan is weighed in the same time for ten
 * thousand tasks and for a million.
 */
final class LiquidBacklog {
  private static final int GROUPS = 500;

  private final int[] last = new int[GROUPS + 8];
  private final double[] work = new double[GROUPS + 8];
  private final double[] weight = new double[GROUPS + 8];
  private final double[] deadline = new double[GROUPS + 8];
  private int groups;

  LiquidBacklog(List<Pool.Task> tasks, Map<Lane, Double> prices) {
    int size = Math.max(1, Math.ceilDiv(tasks.size(), GROUPS));
    for (int from = 0; from < tasks.size(); ) {
      Pool.Task first = tasks.get(from);
      int to = from;
      double deadlines = 0;
      while (to < tasks.size() && to < from + size && tasks.get(to).lane().equals(first.lane())) {
        Pool.Task task = tasks.get(to++);
        work[groups] += task.service() * task.certainty();
        deadlines += task.deadline();
      }
      weight[groups] = prices.getOrDefault(first.lane(), 0.0) * (to - from);
      deadline[groups] = deadlines / (to - from);
      last[groups++] = to;
      from = to;
    }
  }

  /** Cost of late tasks when slots of a speed become free at these times, the first first. */
  double lateCost(double[] free, double speed, double twoBoots) {
    double[] starts = groupStarts(free, speed);
    double late = 0;
    for (int g = 0; g < groups; g++) {
      if (starts[g] > deadline[g]) {
        late += weight[g] * LateTasks.times(starts[g] - deadline[g], twoBoots);
      }
    }
    return late;
  }

  /** When each task starts, seconds from now. */
  double[] starts(double[] free, double speed) {
    double[] byGroup = groupStarts(free, speed);
    double[] starts = new double[groups == 0 ? 0 : last[groups - 1]];
    for (int g = 0, i = 0; g < groups; g++) {
      while (i < last[g]) {
        starts[i++] = byGroup[g];
      }
    }
    return starts;
  }

  private double[] groupStarts(double[] free, double speed) {
    double[] starts = new double[groups];
    double before = 0;
    double done = 0;
    double now = 0;
    int open = 0;
    for (int g = 0; g < groups; g++) {
      while (open < free.length && done + (free[open] - now) * open * speed <= before) {
        done += Math.max(0, free[open] - now) * open * speed;
        now = Math.max(now, free[open++]);
      }
      if (open == 0) {
        starts[g] = Double.POSITIVE_INFINITY;
        continue;
      }
      now += Math.max(0, before - done) / (open * speed);
      done = Math.max(done, before);
      starts[g] = now;
      before += work[g];
    }
    return starts;
  }
}
