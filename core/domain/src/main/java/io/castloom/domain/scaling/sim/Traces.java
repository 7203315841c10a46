package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Generated weeks, each from a seed. A holdout has another seed and other sizes, so nothing can be
 * tuned to fit it.
 */
public final class Traces {
  private static final double WEEK = 7 * 86_400.0;
  private static final Lane TRANSCODE = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);
  private static final Lane ASSEMBLY = new Lane(WorkKind.ASSEMBLY, WorkClass.NORMAL);

  private final SplittableRandom random;

  /** Between 1 and the holdout's factor: sizes of a holdout differ from the shipped ones. */
  private final double size;

  private final double serviceMean;
  private final double serviceSigma;

  private Traces(long seed, boolean holdout) {
    random = new SplittableRandom(seed);
    size = holdout ? 0.6 + 1.2 * random.nextDouble() : 1;
    serviceMean = holdout ? 250 * (0.5 + 1.2 * random.nextDouble()) : 250;
    serviceSigma = holdout ? 0.4 + 0.6 * random.nextDouble() : 0.7;
  }

  /** The weeks that the benchmark shows. */
  public static List<Trace> shipped() {
    return weeks(20_260_101, false);
  }

  /** The same kinds of week from another seed, with other sizes and services. */
  public static List<Trace> holdout(long seed) {
    return weeks(seed, true);
  }

  private static List<Trace> weeks(long seed, boolean holdout) {
    return List.of(
        new Traces(seed, holdout).season(),
        new Traces(seed + 1, holdout).dropDates(),
        new Traces(seed + 2, holdout).nightly(),
        new Traces(seed + 3, holdout).idle(),
        new Traces(seed + 4, holdout).step(),
        new Traces(seed + 5, holdout).longServices(),
        new Traces(seed + 6, holdout).gusts());
  }

  private Trace season() {
    List<Job> jobs = new ArrayList<>();
    arrivals(jobs, 0.02 * size, t -> 0.02 * size * season(t), serviceMean);
    return new Trace("season", "by day and by night, weekday and weekend", WEEK, jobs, List.of());
  }

  private Trace dropDates() {
    List<Job> jobs = new ArrayList<>();
    arrivals(jobs, 0.016 * size, t -> 0.016 * size * season(t), serviceMean);
    for (int day = 0; day < 7; day += 2) {
      double at = day * 86_400 + (6 + 12 * random.nextDouble()) * 3600;
      double length = 1200 + 1200 * random.nextDouble();
      double rate = 160 * size / length;
      burst(jobs, at, length, rate);
    }
    return new Trace(
        "drop date",
        "an ordinary week, and four drops of some hundred uploads in half an hour",
        WEEK,
        jobs,
        List.of());
  }

  private void burst(List<Job> jobs, double at, double length, double rate) {
    for (double t = at + exponential(rate); t < at + length; t += exponential(rate)) {
      jobs.add(job(t, serviceMean, TRANSCODE));
    }
  }

  private Trace nightly() {
    List<Job> jobs = new ArrayList<>();
    List<Trace.Announced> announced = new ArrayList<>();
    arrivals(jobs, 0.016 * size, t -> 0.016 * size * season(t), serviceMean, ASSEMBLY);
    for (int day = 0; day < 7; day++) {
      double at = day * 86_400 + 2 * 3600.0;
      int tasks = (int) ((120 + 60 * random.nextDouble()) * size);
      for (int i = 0; i < tasks; i++) {
        jobs.add(job(at, serviceMean, ASSEMBLY));
      }
      announced.add(
          new Trace.Announced(Math.max(0, at - 6 * 3600), at, ASSEMBLY, tasks, serviceMean));
    }
    return new Trace(
        "nightly",
        "single episodes by day; at two each night all shows at once, announced by the assembler",
        WEEK,
        jobs,
        announced);
  }

  private Trace idle() {
    List<Job> jobs = new ArrayList<>();
    arrivals(jobs, 0.001 * size, t -> 0.001 * size * season(t), serviceMean);
    return new Trace("idle", "a few uploads an hour, and none for long", WEEK, jobs, List.of());
  }

  private Trace step() {
    List<Job> jobs = new ArrayList<>();
    double low = 0.004 * size;
    double from = (2 + random.nextDouble()) * 86_400;
    arrivals(jobs, 5 * low, t -> t < from ? low : 5 * low, serviceMean);
    return new Trace("step", "one rate, then five times that", WEEK, jobs, List.of());
  }

  private Trace longServices() {
    List<Job> jobs = new ArrayList<>();
    arrivals(jobs, 0.006 * size, t -> 0.006 * size * season(t), 7 * serviceMean);
    return new Trace(
        "long services", "tasks of half an hour on average, some of hours", WEEK, jobs, List.of());
  }

  private Trace gusts() {
    List<Job> jobs = new ArrayList<>();
    // a rate that wanders: its logarithm returns to its mean within half an hour
    int steps = (int) (WEEK / 60);
    double[] factor = new double[steps + 1];
    double x = random.nextGaussian() * 0.8;
    double most = 0;
    for (int i = 0; i <= steps; i++) {
      x = x * (1 - 1.0 / 30) + 0.8 * Math.sqrt(2.0 / 30) * random.nextGaussian();
      factor[i] = Math.min(8, Math.exp(x - 0.32));
      most = Math.max(most, factor[i]);
    }
    double base = 0.016 * size;
    arrivals(jobs, base * most, t -> base * factor[(int) (t / 60)] * season(t), serviceMean);
    return new Trace(
        "gusts",
        "a rate that wanders by the half-hour, as requests of many unlike customers do",
        WEEK,
        jobs,
        List.of());
  }

  /** Share of the highest rate at a time of the week: nights at a sixth, weekends at half. */
  private static double season(double t) {
    double hour = t % 86_400 / 3600;
    double day =
        1.0 / 6
            + 5.0
                / 6
                * Math.pow(
                    Math.sin(Math.PI * Math.floorMod((long) (hour * 60) - 240, 1440L) / 1440.0), 2);
    return day * (t % WEEK >= 5 * 86_400 ? 0.5 : 1);
  }

  private void arrivals(
      List<Job> jobs, double highest, java.util.function.DoubleUnaryOperator rate, double mean) {
    arrivals(jobs, highest, rate, mean, TRANSCODE);
  }

  private void arrivals(
      List<Job> jobs,
      double highest,
      java.util.function.DoubleUnaryOperator rate,
      double mean,
      Lane lane) {
    for (double t = exponential(highest); t < WEEK; t += exponential(highest)) {
      if (random.nextDouble() * highest < rate.applyAsDouble(t)) {
        jobs.add(job(t, mean, lane));
      }
    }
  }

  private Job job(double at, double mean, Lane lane) {
    double service =
        Math.max(
            1,
            mean
                * Math.exp(serviceSigma * random.nextGaussian() - serviceSigma * serviceSigma / 2));
    // estimates are right on average and wrong by a fifth
    double estimate = service * Math.exp(0.2 * random.nextGaussian());
    return new Job(at, service, estimate, lane);
  }

  private double exponential(double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }
}
