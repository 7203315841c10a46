package io.castloom.domain.scaling.sim;

import java.util.Arrays;

/**
 * A cost below which no plan can hold the target, not even one that knows the whole future: the
 * bound of a linear programme, by its dual.
 *
 * <p>The programme: each job runs without a break on some instance, starting in [arrival, arrival +
 * target]; a share of the jobs may start later, at any time; an instance costs its mean boot and
 * the time from its boot to its end. Integrality is dropped (parts of instances, parts of jobs).
 *
 * <p>The dual: give each instant a price {@code 1 + D'(t)} of running something there, where {@code
 * D} moves between 0 and the boot's cost and never falls faster than time passes. An instance that
 * is up from p to q costs {@code boot + q - p}, at least the price of all that it can run, {@code q
 * - p + D(q) - D(p)}. So the sum over jobs of the cheapest price at which each can run, {@code
 * service + min (D(start + service) - D(start))}, bounds every plan from below, for <em>any</em>
 * such D; late jobs enter with a multiplier. The maximum over D (the programme's value) is
 * approached by projected subgradient ascent; D is piecewise linear between knots and the minimum
 * over continuous starts is taken exactly, so the returned value is a true bound, however far the
 * ascent has come.
 */
public final class CostBound {
  private static final int BUCKETS = 24;

  private final Trace trace;
  private final double target;
  private final double boot;
  private final int lateAllowed;
  private final double step;
  private final int knots;
  private final double[] value;
  private final double[] gradient;
  private final double[][] cheapestFrom = new double[BUCKETS][];
  private final int[][] cheapestAt = new int[BUCKETS][];
  private final double[] bucketService = new double[BUCKETS];
  private double multiplier;
  private double bestStart;

  private CostBound(Trace trace, double target, double boot, double lateShare, double step) {
    this.trace = trace;
    this.target = target;
    this.boot = boot;
    this.lateAllowed = (int) Math.floor(lateShare * trace.jobs().size());
    this.step = step;
    double end = 0;
    double shortest = Double.MAX_VALUE;
    double longest = 0;
    for (Job job : trace.jobs()) {
      end = Math.max(end, job.arrival() + target + job.service());
      shortest = Math.min(shortest, job.service());
      longest = Math.max(longest, job.service());
    }
    this.knots = (int) Math.ceil((end + boot) / step) + 2;
    this.value = new double[knots];
    this.gradient = new double[knots];
    for (int b = 0; b < BUCKETS; b++) {
      bucketService[b] = shortest * Math.pow(longest / shortest, b / (BUCKETS - 1.0));
      cheapestFrom[b] = new double[knots];
      cheapestAt[b] = new int[knots];
    }
  }

  /**
   * The bound in instance seconds.
   *
   * @param trace what arrives
   * @param target seconds within which a job is to start
   * @param boot mean boot in seconds
   * @param lateShare share of the jobs that may start later, 0 to 1
   * @param rounds of the ascent; more come nearer to the programme's value, 300 is usually within a
   *     percent
   */
  public static double instanceSeconds(
      Trace trace, double target, double boot, double lateShare, int rounds) {
    if (trace.jobs().isEmpty()) {
      return 0;
    }
    double step = Math.clamp(target / 8, 8, 60);
    double chains = ChainBound.instanceSeconds(trace, target, boot, lateShare);
    double batches = BatchBound.instanceSeconds(trace, target, boot, lateShare);
    return Math.max(
        Math.max(chains, batches),
        new CostBound(trace, target, boot, lateShare, step).ascend(rounds));
  }

  private double ascend(int rounds) {
    Arrays.fill(value, boot / 2);
    multiplier = 0;
    double[] best = value.clone();
    double bestValue = Double.NEGATIVE_INFINITY;
    double bestMultiplier = 0;
    double[] sum = new double[knots];
    double multiplierSum = 0;
    for (int round = 0; round < rounds; round++) {
      double now = evaluate(round);
      if (now > bestValue) {
        bestValue = now;
        bestMultiplier = multiplier;
        System.arraycopy(value, 0, best, 0, knots);
      }
      // each knot's own step (AdaGrad): quiet hours and busy ones differ by orders of magnitude
      for (int k = 0; k < knots; k++) {
        sum[k] = sum[k] * 0.99 + gradient[k] * gradient[k];
        if (gradient[k] != 0) {
          value[k] += boot * 0.5 / Math.sqrt(1 + round * 0.2) * gradient[k] / Math.sqrt(1 + sum[k]);
        }
      }
      double surplus = lateCount - lateAllowed;
      multiplierSum += surplus * surplus;
      multiplier = Math.max(0, multiplier + boot * 0.5 * surplus / Math.sqrt(1 + multiplierSum));
      project();
    }
    System.arraycopy(best, 0, value, 0, knots);
    multiplier = bestMultiplier;
    return exact();
  }

  private int lateCount;

  private void project() {
    double before = 0;
    for (int k = 0; k < knots; k++) {
      value[k] = Math.max(Math.clamp(value[k], 0, boot), before - step);
      before = value[k];
    }
  }

  /** The dual's value, late jobs reckoned by classes of service; fills the gradient. */
  private double evaluate(int round) {
    Arrays.fill(gradient, 0);
    lateCount = 0;
    // the cheapest late starts move slowly
    for (int b = 0; b < BUCKETS && round % 5 == 0; b++) {
      suffix(b);
    }
    double sum = 0;
    for (Job job : trace.jobs()) {
      double inTime = inTime(job);
      int bucket = bucket(job.service());
      int from = Math.min(knots - 1, (int) Math.ceil(job.arrival() / step));
      double late = job.service() + cheapestFrom[bucket][from];
      if (late + multiplier < inTime) {
        sum += late + multiplier;
        lateCount++;
        spread(cheapestAt[bucket][from] * step, job.service());
      } else {
        sum += inTime;
        spread(bestStart, job.service());
      }
    }
    return sum - multiplier * lateAllowed;
  }

  private void suffix(int bucket) {
    double service = bucketService[bucket];
    double best = Double.MAX_VALUE;
    int at = knots - 1;
    for (int k = knots - 1; k >= 0; k--) {
      double rise = at(k * step + service) - value[k];
      if (rise <= best) {
        best = rise;
        at = k;
      }
      cheapestFrom[bucket][k] = best;
      cheapestAt[bucket][k] = at;
    }
  }

  private int bucket(double service) {
    double low = bucketService[0];
    double high = bucketService[BUCKETS - 1];
    if (high <= low) {
      return 0;
    }
    return Math.clamp(
        Math.round(Math.log(service / low) / Math.log(high / low) * (BUCKETS - 1)), 0, BUCKETS - 1);
  }

  /** A subgradient: the value of being up where the job ends grows, where it starts shrinks. */
  private void spread(double start, double service) {
    add(start + service, 1);
    add(start, -1);
  }

  private void add(double time, double amount) {
    double place = time / step;
    int k = Math.clamp((long) place, 0, knots - 2);
    double share = Math.clamp(place - k, 0, 1);
    gradient[k] += amount * (1 - share);
    gradient[k + 1] += amount * share;
  }

  private double at(double time) {
    double place = time / step;
    int k = (int) place;
    if (k >= knots - 1) {
      return value[knots - 1];
    }
    double share = place - k;
    return value[k] * (1 - share) + value[k + 1] * share;
  }

  /** Least price of a start in time; leaves the start in {@code bestStart}. */
  private double inTime(Job job) {
    return job.service() + least(job.arrival(), job.arrival() + target, job.service());
  }

  /**
   * The least rise over all starts from {@code from} to {@code to}: it lies where start or end
   * meets a knot.
   */
  private double least(double from, double to, double service) {
    double best = at(from + service) - at(from);
    bestStart = from;
    double last = at(to + service) - at(to);
    if (last < best) {
      best = last;
      bestStart = to;
    }
    for (int k = (int) Math.ceil(from / step); k * step < to && k < knots; k++) {
      double rise = at(k * step + service) - value[k];
      if (rise < best) {
        best = rise;
        bestStart = k * step;
      }
    }
    for (int k = (int) Math.ceil((from + service) / step);
        k * step < to + service && k < knots;
        k++) {
      double rise = value[k] - at(k * step - service);
      if (rise < best) {
        best = rise;
        bestStart = k * step - service;
      }
    }
    return best;
  }

  private double exact() {
    double sum = 0;
    for (Job job : trace.jobs()) {
      double inTime = inTime(job);
      double atLeast = Math.max(0, job.service() - boot) + multiplier;
      if (inTime <= atLeast) {
        sum += inTime;
        continue;
      }
      double end = knots * step;
      double late =
          job.service() + least(job.arrival(), Math.max(job.arrival(), end), job.service());
      sum += Math.min(inTime, late + multiplier);
    }
    return sum - multiplier * lateAllowed;
  }
}
