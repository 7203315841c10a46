package io.castloom.domain.scaling.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A second bound from below, strong where traffic is sparse, where the first one lets parts of an
 * instance serve parts of a job.
 *
 * <p>In any plan an instance runs a chain of jobs. A job is either the first of its chain, which
 * costs a boot, or it follows another; then the instance idles at least {@code arrival(j) -
 * (arrival(i) + target + service(i))} between them, and i must be able to end before j must start.
 * No job has more than one successor. The cheapest such choice, made for each pair as if it were
 * alone, is an assignment problem; its dual is found by an auction, and any prices give a true
 * bound. A late job may follow anything and be followed by anything at no cost, against a
 * multiplier.
 */
final class ChainBound {
  private static final double EPSILON = 0.5;
  private static final double MOST_EDGES = 4e6;

  private final double target;
  private final double boot;
  private final double[] arrival;
  private final double[] ready;
  private final int[] byReady;
  private final double[] readySorted;
  private final double[] price;

  private ChainBound(Trace trace, double target, double boot) {
    int n = trace.jobs().size();
    this.target = target;
    this.boot = boot;
    this.arrival = new double[n];
    this.ready = new double[n];
    this.price = new double[n];
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) {
      Job job = trace.jobs().get(i);
      arrival[i] = job.arrival();
      ready[i] = job.arrival() + job.service();
      order[i] = i;
    }
    Arrays.sort(order, (a, b) -> Double.compare(ready[a], ready[b]));
    this.byReady = new int[n];
    this.readySorted = new double[n];
    for (int k = 0; k < n; k++) {
      byReady[k] = order[k];
      readySorted[k] = ready[order[k]];
    }
  }

  /**
   * The bound in instance seconds, work included; the work alone when there are too many pairs to
   * weigh.
   */
  static double instanceSeconds(Trace trace, double target, double boot, double lateShare) {
    double work = trace.workHours() * 3600;
    int n = trace.jobs().size();
    double density = n / trace.seconds();
    if (n < 1 || n * density * (2 * target + boot) > MOST_EDGES) {
      return work;
    }
    ChainBound bound = new ChainBound(trace, target, boot);
    bound.auction();
    return Math.max(work, work + bound.value((int) Math.floor(lateShare * n)));
  }

  /**
   * Jobs bid for the job that they are to follow; whoever can do no better than a boot is content
   * with a boot.
   */
  private void auction() {
    int n = arrival.length;
    int[] owner = new int[n];
    Arrays.fill(owner, -1);
    Deque<Integer> bidders = new ArrayDeque<>();
    for (int j = 0; j < n; j++) {
      bidders.add(j);
    }
    while (!bidders.isEmpty()) {
      int j = bidders.remove();
      int best = -1;
      double bestCost = boot;
      double second = boot;
      for (int k = first(j); k < n && readySorted[k] <= arrival[j] + target; k++) {
        int i = byReady[k];
        double cost = gap(i, j) + price[i];
        if (i == j || cost >= second) {
          continue;
        }
        if (cost < bestCost) {
          second = bestCost;
          bestCost = cost;
          best = i;
        } else {
          second = cost;
        }
      }
      if (best < 0) {
        continue;
      }
      price[best] += second - bestCost + EPSILON;
      if (owner[best] >= 0) {
        bidders.add(owner[best]);
      }
      owner[best] = j;
    }
  }

  private int first(int j) {
    int place = Arrays.binarySearch(readySorted, arrival[j] - target - boot);
    return place < 0 ? -place - 1 : place;
  }

  private double gap(int i, int j) {
    return Math.max(0, arrival[j] - ready[i] - target);
  }

  private double value(int lateAllowed) {
    int n = arrival.length;
    double[] worth = new double[n];
    for (int j = 0; j < n; j++) {
      double cheapest = boot;
      for (int k = first(j); k < n && readySorted[k] <= arrival[j] + target; k++) {
        int i = byReady[k];
        if (i != j) {
          cheapest = Math.min(cheapest, gap(i, j) + price[i]);
        }
      }
      worth[j] = cheapest - price[j];
    }
    double[] sorted = worth.clone();
    Arrays.sort(sorted);
    if (lateAllowed == 0) {
      return Arrays.stream(worth).sum();
    }
    double most = Math.max(-boot, sorted[Math.max(0, n - 1 - lateAllowed)]);
    double sum = 0;
    for (double one : worth) {
      sum += Math.min(one, most);
    }
    return sum - (most + boot) * lateAllowed;
  }
}
