package io.castloom.tests.bench;

import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.scaling.sim.Job;
import io.castloom.domain.scaling.sim.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Weeks of another character than those that the planner was made with, as an outsider would try
 * them: two drops a day, a quiet week after busy ones, forty minutes beside forty seconds, bunches
 * out of nothing, hours on and hours off.
 */
final class OutsideTraces {
  private static final Lane LANE = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);
  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;
  private static final double WEEK = 7 * DAY;

  private final SplittableRandom random;
  private final List<Job> jobs = new ArrayList<>();

  private OutsideTraces(long seed) {
    random = new SplittableRandom(seed);
  }

  static List<Trace> of(long seed) {
    return List.of(
        new OutsideTraces(seed).twoDrops(),
        new OutsideTraces(seed + 1).quietAfterBusy(),
        new OutsideTraces(seed + 2).longBesideShort(),
        new OutsideTraces(seed + 3).bunches(),
        new OutsideTraces(seed + 4).onAndOff());
  }

  private Trace twoDrops() {
    arrive(0, WEEK, 0.012, t -> 0.012 * byDay(t));
    for (int day = 0; day < 7; day++) {
      double second = day % 2 == 0 ? 18 : 8.5;
      for (double hour : new double[] {7, second}) {
        double at = day * DAY + hour * HOUR + exponential(2 / HOUR);
        double length = 300 + 2400 * random.nextDouble();
        for (int i = 60 + random.nextInt(240); i > 0; i--) {
          add(at + length * random.nextDouble(), 220, 0.7);
        }
      }
    }
    return trace("two drops", "two drops a day of some hundred uploads in minutes", WEEK);
  }

  private Trace quietAfterBusy() {
    arrive(0, 3 * WEEK, 0.03, t -> 0.03 * byDay(t));
    arrive(3 * WEEK, 4 * WEEK, 0.0012, t -> 0.0012 * byDay(t));
    return trace("quiet after", "three busy weeks, then one of a twenty-fifth", 4 * WEEK);
  }

  private Trace longBesideShort() {
    for (double t = exponential(0.012); t < WEEK; t += exponential(0.012)) {
      if (random.nextDouble() < byDay(t)) {
        boolean isLong = random.nextDouble() < 0.15;
        add(t, isLong ? 2400 : 45, isLong ? 0.4 : 0.6);
      }
    }
    return trace("long and short", "tasks of 40 minutes beside many of 45 s", WEEK);
  }

  private Trace bunches() {
    for (double t = exponential(1 / HOUR); t < WEEK; t += exponential(1 / HOUR)) {
      for (int i = 1 + (int) exponential(1 / 18.0); i > 0; i--) {
        add(t + 5 * random.nextDouble(), 180, 0.8);
      }
    }
    return trace("bunches", "some twenty tasks at once, about once an hour, at random", WEEK);
  }

  private Trace onAndOff() {
    arrive(0, WEEK, 0.025, t -> (int) (t / HOUR) % 6 < 2 ? 0.025 : 0.0003);
    return trace("on and off", "two hours on, four hours off", WEEK);
  }

  private static double byDay(double t) {
    double wave = Math.max(0, Math.sin(Math.PI * (t % DAY / HOUR - 5) / 17));
    return 0.15 + 0.85 * wave * wave;
  }

  private void arrive(double from, double to, double highest, DoubleUnaryOperator rate) {
    for (double t = from + exponential(highest); t < to; t += exponential(highest)) {
      if (random.nextDouble() * highest < rate.applyAsDouble(t)) {
        add(t, 220, 0.6);
      }
    }
  }

  private void add(double at, double mean, double sigma) {
    double drawn = mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    double service = Math.max(1, drawn);
    jobs.add(new Job(at, service, service * Math.exp(0.2 * random.nextGaussian()), LANE));
  }

  private double exponential(double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }

  private Trace trace(String name, String about, double seconds) {
    List<Job> inside = jobs.stream().filter(job -> job.arrival() < seconds).toList();
    return new Trace(name, about, seconds, inside, List.of());
  }
}
