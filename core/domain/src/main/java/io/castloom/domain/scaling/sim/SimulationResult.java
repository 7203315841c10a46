package io.castloom.domain.scaling.sim;

import java.util.Arrays;
import java.util.List;

/** What came of a simulated run. */
public final class SimulationResult {
  /**
   * The state at one instant.
   *
   * @param at seconds from the trace's start
   * @param waiting tasks that wait
   * @param oldestWait seconds that the oldest has waited
   * @param running tasks that run
   * @param instances instances paid for
   */
  public record Sample(double at, int waiting, double oldestWait, int running, int instances) {}

  private final String policy;
  private final double instanceSeconds;
  private final double usd;
  private final int launches;
  private final int failedBoots;
  private final int mostInstances;
  private final double[] waits;
  private final double[] sortedWaits;
  private final List<Sample> samples;

  SimulationResult(
      String policy,
      double instanceSeconds,
      double usd,
      int launches,
      int failedBoots,
      int mostInstances,
      double[] waits,
      List<Sample> samples) {
    this.policy = policy;
    this.instanceSeconds = instanceSeconds;
    this.usd = usd;
    this.launches = launches;
    this.failedBoots = failedBoots;
    this.mostInstances = mostInstances;
    this.waits = waits.clone();
    this.sortedWaits = waits.clone();
    Arrays.sort(sortedWaits);
    this.samples = List.copyOf(samples);
  }

  /** Who scaled. */
  public String policy() {
    return policy;
  }

  /** Instance time paid for, from launch to end, in hours. */
  public double instanceHours() {
    return instanceSeconds / 3600;
  }

  /** The same at the types' prices, in US dollars. */
  public double usd() {
    return usd;
  }

  /** How many instances were launched. */
  public int launches() {
    return launches;
  }

  /** How many of them never came up. */
  public int failedBoots() {
    return failedBoots;
  }

  /** Most instances at once. */
  public int mostInstances() {
    return mostInstances;
  }

  /** Wait of each job in seconds, in order of arrival; infinite for one that never started. */
  public double[] waits() {
    return waits.clone();
  }

  /** The state every five minutes. */
  public List<Sample> samples() {
    return samples;
  }

  /** A percentile of the waits in seconds; {@code share} 0 to 1. */
  public double waitPercentile(double share) {
    if (sortedWaits.length == 0) {
      return 0;
    }
    int index = (int) Math.ceil(share * sortedWaits.length) - 1;
    return sortedWaits[Math.clamp(index, 0, sortedWaits.length - 1)];
  }

  /** Share of the jobs that started within {@code target} seconds; 1 when there was no job. */
  public double inTime(double target) {
    if (sortedWaits.length == 0) {
      return 1;
    }
    int n = 0;
    while (n < sortedWaits.length && sortedWaits[n] <= target) {
      n++;
    }
    return (double) n / sortedWaits.length;
  }
}
