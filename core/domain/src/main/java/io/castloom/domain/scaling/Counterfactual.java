package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What else could have been done: the same picture with some more or fewer instances.
 *
 * @param kind of which instances
 * @param more how many more than decided; negative for fewer
 * @param lateTasks tasks that wait or are announced and would be expected to start late, over the
 *     same drawn futures by which the planner decides: a boot may fail or take long
 * @param p95WaitSeconds ninety-fifth percentile of the whole wait of the tasks that wait now;
 *     infinite without any slot
 * @param extraCostUsd what the boot and an hour's tenth of the difference cost more (negative:
 *     less)
 */
public record Counterfactual(
    WorkKind kind, int more, double lateTasks, double p95WaitSeconds, double extraCostUsd) {
  public Counterfactual {
    Objects.requireNonNull(kind, "kind");
  }

  /**
   * One fewer, as decided, and one more, for each kind that has work or instances.
   *
   * @param snapshot the decision's input
   * @param settings the decision's settings
   * @return three for each such kind
   */
  public static List<Counterfactual> around(Snapshot snapshot, ScalingSettings settings) {
    Decision decision = new ScalingPlanner().decide(snapshot, settings);
    SignalCheck signal = SignalCheck.of(snapshot, settings);
    PlannerMemory memory = new Learning(snapshot, settings).next(signal.waiting());
    Fleet fleet = new Fleet(snapshot, settings, signal, memory);
    List<Counterfactual> all = new ArrayList<>();
    for (WorkKind kind : WorkKind.values()) {
      KindPlan plan = fleet.plan(kind);
      if (plan.quiet()) {
        continue;
      }
      int launched = 0;
      for (Action action : decision.actions()) {
        launched += action instanceof Action.Launch launch && launch.kind() == kind ? 1 : 0;
      }
      for (int more = -1; more <= 1; more++) {
        all.add(weigh(plan, launched + more, more));
      }
    }
    return all;
  }

  /** Which instances, in words, as {@code one transcode instance fewer}. */
  public String words() {
    String instance = kind.name().toLowerCase(Locale.ROOT) + " instance";
    return switch (more) {
      case -1 -> "one " + instance + " fewer";
      case 0 -> "the " + instance + "s as decided";
      case 1 -> "one " + instance + " more";
      default -> Math.abs(more) + " " + instance + "s " + (more < 0 ? "fewer" : "more");
    };
  }

  private static Counterfactual weigh(KindPlan plan, int launched, int more) {
    double[] starts = plan.late.starts(launched);
    double[] waits = new double[starts.length];
    int n = 0;
    for (int i = 0; i < starts.length; i++) {
      Pool.Task task = plan.pool.tasks.get(i);
      if (task.release() <= 0) {
        waits[n++] = starts[i] - task.release();
      }
    }
    Arrays.sort(waits, 0, n);
    double p95 = n == 0 ? 0 : waits[Math.min(n - 1, (int) (0.95 * n))];
    double hours = (plan.pool.boot.mean() + 360) / 3600;
    double usd = more * hours * plan.pool.type.usdPerHour(Market.ON_DEMAND);
    return new Counterfactual(plan.pool.kind, more, plan.late.expected(launched), p95, usd);
  }
}
