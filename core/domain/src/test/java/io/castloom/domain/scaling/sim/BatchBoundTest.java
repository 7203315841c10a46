package io.castloom.domain.scaling.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Bounds against the cheapest of all plans, on thousands of cases small enough to try every set,
 * order and start: jobs at once and apart, services and boots shorter and longer than targets, up
 * to two late. A running instance that takes a part of a batch, and one that is kept from before,
 * are among the plans; a billing minimum would only make plans dearer.
 */
final class BatchBoundTest {
  private static final Lane LANE = new Lane(WorkKind.TRANSCODE, WorkClass.NORMAL);
  private static final int NEVER = Integer.MAX_VALUE;

  private static final class Case {
    private final int[] arrivals;
    private final int[] services;
    private final int target;
    private final int boot;
    private final int late;

    private Case(int[] arrivals, int[] services, int target, int boot, int late) {
      this.arrivals = arrivals;
      this.services = services;
      this.target = target;
      this.boot = boot;
      this.late = late;
    }

    static Case drawn(SplittableRandom random) {
      int n = 1 + random.nextInt(6);
      int span = 5 + random.nextInt(70);
      int longest = 1 + random.nextInt(random.nextInt(3) == 0 ? 60 : 12);
      int[] arrivals = new int[n];
      int[] services = new int[n];
      for (int i = 0; i < n; i++) {
        arrivals[i] = random.nextInt(span);
        services[i] = 1 + random.nextInt(longest);
      }
      Arrays.sort(arrivals);
      int late = Math.min(n, random.nextInt(3));
      return new Case(arrivals, services, random.nextInt(25), 1 + random.nextInt(25), late);
    }

    Trace trace() {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < arrivals.length; i++) {
        jobs.add(new Job(arrivals[i], services[i], 0, LANE));
      }
      return new Trace("tiny", "tiny", 100, jobs, List.of());
    }

    double share() {
      return late == 0 ? 0 : (late + 0.001) / arrivals.length;
    }

    double optimum() {
      double best = Double.MAX_VALUE;
      for (int lates = 0; lates < (1 << arrivals.length); lates++) {
        if (Integer.bitCount(lates) == late) {
          best = Math.min(best, split(chains(lates)));
        }
      }
      return best;
    }

    /** The least cost of one instance for each set of jobs. */
    private double[] chains(int lates) {
      int sets = 1 << arrivals.length;
      double[] cost = new double[sets];
      Arrays.fill(cost, 1e18);
      int horizon = arrivals[arrivals.length - 1] + target + 1 + Arrays.stream(services).sum();
      for (int start = 0; start <= horizon; start++) {
        int[] end = new int[sets];
        Arrays.fill(end, NEVER);
        end[0] = start;
        for (int set = 0; set < sets; set++) {
          for (int j = 0; j < arrivals.length && end[set] != NEVER; j++) {
            int begins = Math.max(end[set], arrivals[j]);
            boolean allowed = ((lates >> j) & 1) == 1 || begins <= arrivals[j] + target;
            boolean idlesFirst = set == 0 && begins != start; // it had better come up later
            if (((set >> j) & 1) == 0 && allowed && !idlesFirst) {
              int with = set | (1 << j);
              end[with] = Math.min(end[with], begins + services[j]);
            }
          }
          if (set > 0 && end[set] != NEVER) {
            cost[set] = Math.min(cost[set], boot + (end[set] - start));
          }
        }
      }
      return cost;
    }

    /** The least cost of all jobs, on any number of instances. */
    private static double split(double[] chains) {
      double[] least = new double[chains.length];
      for (int set = 1; set < chains.length; set++) {
        least[set] = 1e18;
        for (int some = set; some > 0; some = (some - 1) & set) {
          least[set] = Math.min(least[set], least[set ^ some] + chains[some]);
        }
      }
      return least[chains.length - 1];
    }
  }

  @Test
  void no_plan_of_thousands_of_tiny_cases_is_cheaper_than_a_bound() {
    SplittableRandom random = new SplittableRandom(17);
    int met = 0;
    for (int i = 0; i < 3_000; i++) {
      Case one = Case.drawn(random);
      double best = one.optimum();
      Trace trace = one.trace();
      double batches = BatchBound.instanceSeconds(trace, one.target, one.boot, one.share());
      assertThat(batches)
          .as("batches, case %s: %s", i, trace.jobs())
          .isLessThanOrEqualTo(best + 1e-6);
      assertThat(ChainBound.instanceSeconds(trace, one.target, one.boot, one.share()))
          .as("chains, case %s: %s", i, trace.jobs())
          .isLessThanOrEqualTo(best + 1e-6);
      met += batches > best - 1e-6 ? 1 : 0;
    }
    assertThat(met).as("cases in which it is the optimum itself").isGreaterThan(300);
  }
}
