package io.castloom.domain.scaling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bounds against the true optimum of tiny cases, found by trying every plan. */
class CostBoundTest {
  private static final Lane LANE = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);

  private static Trace tiny(SplittableRandom random, int jobs) {
    return tiny(random, jobs, 600);
  }

  private static Trace tiny(SplittableRandom random, int jobs, int seconds) {
    List<Job> all = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      all.add(new Job(random.nextInt(seconds), 20 + random.nextInt(300), 0, LANE));
    }
    return new Trace("tiny", "tiny", seconds, all, List.of());
  }

  @Test
  void no_plan_is_cheaper_than_the_bound_and_the_bound_is_near() {
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    int cases = 60;
    for (int i = 0; i < cases; i++) {
      Trace trace = tiny(random, 2 + random.nextInt(3));
      double target = List.of(60.0, 150.0, 300.0).get(i % 3);
      double best = Optimum.of(trace, (int) target, 110, 0);
      double bound = CostBound.instanceSeconds(trace, target, 110, 0, 80);
      assertThat(bound).as("case %s: %s", i, trace.jobs()).isLessThanOrEqualTo(best + 1e-6);
      assertThat(ChainBound.instanceSeconds(trace, target, 110, 0))
          .isLessThanOrEqualTo(best + 1e-6);
      sum += bound / best;
    }
    assertThat(sum / cases).isBetween(0.85, 1.0);
  }

  @Test
  void it_holds_when_some_may_be_late() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 40; i++) {
      Trace trace = tiny(random, 4);
      double best = Optimum.of(trace, 100, 110, 1);
      assertThat(CostBound.instanceSeconds(trace, 100, 110, 0.26, 80))
          .isLessThanOrEqualTo(best + 1e-6);
      assertThat(ChainBound.instanceSeconds(trace, 100, 110, 0.26))
          .isLessThanOrEqualTo(best + 1e-6);
    }
  }

  @Test
  void batches_bound_from_below_too_and_are_near_where_traffic_is_sparse() {
    SplittableRandom random = new SplittableRandom(3);
    double sum = 0;
    int cases = 150;
    for (int i = 0; i < cases; i++) {
      Trace trace = tiny(random, 2 + random.nextInt(4), 1500);
      int target = 50 + random.nextInt(300);
      double best = Optimum.of(trace, target, 110, 0);
      double bound = BatchBound.instanceSeconds(trace, target, 110, 0);
      assertThat(bound).as("case %s: %s", i, trace.jobs()).isLessThanOrEqualTo(best + 1e-6);
      sum += bound / best;
    }
    assertThat(sum / cases).isBetween(0.95, 1.0);
    for (int i = 0; i < 100; i++) {
      Trace trace = tiny(random, 4, 1500);
      int target = 50 + random.nextInt(200);
      assertThat(BatchBound.instanceSeconds(trace, target, 110, 0.26))
          .as("one late, case %s: %s", i, trace.jobs())
          .isLessThanOrEqualTo(Optimum.of(trace, target, 110, 1) + 1e-6);
    }
  }

  @Test
  void jobs_a_target_apart_are_not_one_batch() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      jobs.add(new Job(i * 2_000, 100, 0, LANE));
    }
    Trace trace = new Trace("pairs", "pairs", 20_000, jobs, List.of());
    assertThat(ChainBound.instanceSeconds(trace, 3600, 110, 0))
        .as("knows no better")
        .isEqualTo(1000);
    assertThat(CostBound.instanceSeconds(trace, 3600, 110, 0, 80))
        .as("two and two begin together")
        .isEqualTo(1000 + 5 * 110);
  }

  @Test
  void lone_jobs_cost_a_boot_each() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      jobs.add(new Job(i * 10_000, 200, 0, LANE));
    }
    Trace trace = new Trace("lone", "lone", 100_000, jobs, List.of());
    assertThat(CostBound.instanceSeconds(trace, 60, 110, 0, 80)).isBetween(3050.0, 3100.0);
  }

  /** Tries every way to put the jobs into chains, in every order, from every start. */
  private static final class Optimum {
    private final Trace trace;
    private final int target;
    private final int boot;
    private final boolean[] late;
    private double best = Double.MAX_VALUE;

    private Optimum(Trace trace, int target, int boot, boolean[] late) {
      this.trace = trace;
      this.target = target;
      this.boot = boot;
      this.late = late;
    }

    static double of(Trace trace, int target, int boot, int lateAllowed) {
      double best = Double.MAX_VALUE;
      int n = trace.jobs().size();
      for (int one = lateAllowed == 0 ? n : 0; one <= n; one++) {
        boolean[] late = new boolean[n];
        if (one < n) {
          late[one] = true;
        }
        Optimum optimum = new Optimum(trace, target, boot, late);
        optimum.place(0, new ArrayList<>());
        best = Math.min(best, optimum.best);
      }
      return best;
    }

    private void place(int job, List<List<Integer>> chains) {
      if (job == trace.jobs().size()) {
        best = Math.min(best, chains.stream().mapToDouble(this::chain).sum());
        return;
      }
      for (List<Integer> chain : List.copyOf(chains)) {
        for (int at = 0; at <= chain.size(); at++) {
          chain.add(at, job);
          place(job + 1, chains);
          chain.subList(at, at + 1).clear();
        }
      }
      List<Integer> own = new ArrayList<>(List.of(job));
      chains.add(own);
      place(job + 1, chains);
      chains.remove(own);
    }

    private double chain(List<Integer> chain) {
      double least = Double.MAX_VALUE;
      int from = (int) trace.jobs().get(chain.getFirst()).arrival();
      int to = from + (late[chain.getFirst()] ? 2000 : target);
      for (int start = from; start <= to; start++) {
        double time = start;
        boolean fits = true;
        for (int job : chain) {
          Job one = trace.jobs().get(job);
          time = Math.max(time, one.arrival());
          fits &= late[job] || time <= one.arrival() + target;
          time += one.service();
        }
        least = fits ? Math.min(least, boot + time - start) : least;
      }
      return least;
    }
  }
}
