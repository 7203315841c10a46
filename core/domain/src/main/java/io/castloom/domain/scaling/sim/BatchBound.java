package io.castloom.domain.scaling.sim;

import java.util.Comparator;
import java.util.List;

/**
 * A third bound from below, strong where traffic is sparse and the target long. The others let a
 * job start early for the one before it and late for the one after it, so they take any jobs less
 * than a target apart for one batch.
 *
 * <p>Choose jobs that start in time, each arriving more than a target after the one before. The
 * instance that does the later one of two neighbours either came up after the earlier one's last
 * moment, which is a boot of its own, or stood through the window from that moment to the later
 * one's arrival; then it idled for as much of the window as work cannot fill. Jobs in time run
 * between their arrival and {@code arrival + target + service}: no more of them fits. The windows
 * are disjoint, so what they cost adds up, and so does the first one's boot. Every choice gives a
 * true bound; the best is found by dynamic programming.
 *
 * <p>A job that may be late can be missing from the choice, which loses one window, and can fill
 * one window, since it runs before the later neighbour on the instance that does that one.
 */
final class BatchBound {
  /** So many jobs further on a window is not looked for: fewer windows, a lower and true bound. */
  private static final int REACH = 60;

  private final List<Job> jobs;
  private final double target;
  private final double boot;

  /** Of each job and those before it, when the last one in time must have ended. */
  private final double[] ended;

  private BatchBound(List<Job> jobs, double target, double boot) {
    this.jobs = jobs;
    this.target = target;
    this.boot = boot;
    this.ended = new double[jobs.size()];
    double latest = 0;
    for (int i = 0; i < ended.length; i++) {
      latest = Math.max(latest, end(jobs.get(i)));
      ended[i] = latest;
    }
  }

  private double end(Job job) {
    return job.arrival() + target + job.service();
  }

  /** The bound in instance seconds, work included. */
  static double instanceSeconds(Trace trace, double target, double boot, double lateShare) {
    double work = trace.workHours() * 3600;
    if (trace.jobs().isEmpty()) {
      return work;
    }
    List<Job> sorted =
        trace.jobs().stream().sorted(Comparator.comparingDouble(Job::arrival)).toList();
    BatchBound bound = new BatchBound(sorted, target, boot);
    int late = (int) Math.floor(lateShare * sorted.size());
    return work + Math.max(0, boot + bound.windows() - bound.lost(late));
  }

  /** The dearest sum of windows. */
  private double windows() {
    int n = jobs.size();
    double[] sum = new double[n];
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        sum[i] = Math.max(sum[i], sum[i - 1]); // with an earlier one in its place
      }
      double from = jobs.get(i).arrival() + target;
      double idle = 0; // it never falls: in a longer window no more than its additional time fills
      for (int j = i + 1; j < Math.min(n, i + REACH); j++) {
        double length = jobs.get(j).arrival() - from;
        if (length <= 0) {
          continue;
        }
        idle = Math.max(idle, length - fills(j, from));
        sum[j] = Math.max(sum[j], sum[i] + Math.min(boot, idle));
        if (idle >= boot) {
          break; // none further on costs more
        }
      }
    }
    return sum[n - 1];
  }

  /** Work of others that can be done between {@code from} and the arrival of job j. */
  private double fills(int j, double from) {
    double to = jobs.get(j).arrival();
    double work = 0;
    for (int m = j - 1; m >= 0 && ended[m] > from; m--) {
      Job job = jobs.get(m);
      double overlap = Math.min(to, end(job)) - Math.max(from, job.arrival());
      work += Math.clamp(overlap, 0, job.service());
    }
    return work;
  }

  private double lost(int late) {
    return jobs.stream()
        .mapToDouble(job -> -(boot + Math.min(boot, job.service())))
        .sorted()
        .limit(late)
        .map(loss -> -loss)
        .sum();
  }
}
