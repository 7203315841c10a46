package io.castloom.tests.bench;

import io.castloom.domain.scaling.sim.Job;
import io.castloom.domain.scaling.sim.Trace;
import java.util.Arrays;

/**
 * In how many hours of a trace nearly all of its tasks lie: while they last, a slot must stand
 * warm.
 */
final class WarmHours {
  private WarmHours() {}

  /** The fewest whole hours that hold a share of the tasks. */
  static double of(Trace trace, double share) {
    int[] tasks = new int[(int) Math.ceil(trace.seconds() / 3600) + 1];
    for (Job job : trace.jobs()) {
      tasks[(int) Math.min(tasks.length - 1, job.arrival() / 3600)]++;
    }
    Arrays.sort(tasks);
    int hours = 0;
    double covered = 0;
    for (int i = tasks.length - 1; i >= 0 && covered < share * trace.jobs().size(); i--) {
      covered += tasks[i];
      hours++;
    }
    return hours;
  }
}
