package io.castloom.domain.scaling.sim;

import io.castloom.domain.scaling.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Arrivals over some time.
 *
 * @param name short, for tables
 * @param about one line for people
 * @param seconds how long it lasts
 * @param jobs in order of arrival
 * @param announced bunches of jobs that were known before they came
 */
public record Trace(
    String name, String about, double seconds, List<Job> jobs, List<Announced> announced) {
  public Trace {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(about, "about");
    List<Job> sorted = new ArrayList<>(jobs);
    sorted.sort(Comparator.comparingDouble(Job::arrival));
    jobs = List.copyOf(sorted);
    announced = List.copyOf(announced);
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("a trace lasts longer than 0 s, not " + seconds);
    }
  }

  /**
   * A bunch of jobs that was known ahead.
   *
   * @param from since when it is known, seconds from the trace's start
   * @param at when the jobs come
   * @param lane where
   * @param tasks how many
   * @param estimate seconds each
   */
  public record Announced(double from, double at, Lane lane, int tasks, double estimate) {}

  /** All work in it, in hours of one slot of speed 1. */
  public double workHours() {
    double sum = 0;
    for (Job job : jobs) {
      sum += job.service();
    }
    return sum / 3600;
  }

  /** The jobs of one kind of instance only. */
  public Trace of(io.castloom.domain.scaling.WorkKind kind) {
    return new Trace(
        name,
        about,
        seconds,
        jobs.stream().filter(j -> j.lane().kind() == kind).toList(),
        announced.stream().filter(a -> a.lane().kind() == kind).toList());
  }
}
