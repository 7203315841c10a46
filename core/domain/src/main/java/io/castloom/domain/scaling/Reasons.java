package io.castloom.domain.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the explanation and the forecast of a decision. */
final class Reasons {
  private final ScalingSettings settings;
  private final PlannerMemory memory;

  Reasons(ScalingSettings settings, PlannerMemory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  Explanation explain(List<KindPlan> plans, List<Action> actions, List<String> notes) {
    List<Explanation.KindReason> kinds = new ArrayList<>();
    for (KindPlan plan : plans) {
      if (!plan.quiet()) {
        kinds.add(kind(plan));
      }
    }
    return new Explanation(summary(actions), kinds, notes);
  }

  private static String summary(List<Action> actions) {
    int launches = 0;
    int drains = 0;
    int givenUp = 0;
    String why = "";
    for (Action action : actions) {
      switch (action) {
        case Action.Launch _ -> launches++;
        case Action.Drain _ -> drains++;
        case Action.GiveUpBoot _ -> givenUp++;
      }
      why = why.isEmpty() || action instanceof Action.Launch ? action.reason() : why;
    }
    if (actions.isEmpty()) {
      return "hold: every task is expected to start in time, and nothing is spare";
    }
    List<String> parts = new ArrayList<>();
    if (launches > 0) {
      parts.add("launch " + launches);
    }
    if (drains > 0) {
      parts.add("drain " + drains);
    }
    if (givenUp > 0) {
      parts.add("give up " + givenUp + (givenUp == 1 ? " boot" : " boots"));
    }
    return String.join(", ", parts) + ": " + why;
  }

  private Explanation.KindReason kind(KindPlan plan) {
    Map<Lane, double[]> seen = new HashMap<>();
    for (Pool.Task task : plan.pool.tasks) {
      if (task.release() <= 0) {
        double[] sums = seen.computeIfAbsent(task.lane(), _ -> new double[3]);
        sums[0]++;
        sums[1] = Math.max(sums[1], -task.release());
        sums[2] += task.service();
      }
    }
    List<Explanation.LaneReason> lanes = new ArrayList<>();
    for (WorkClass workClass : WorkClass.values()) {
      Lane lane = new Lane(plan.pool.kind, workClass);
      double[] sums = seen.getOrDefault(lane, new double[3]);
      LaneMemory known = memory.lane(lane);
      if (sums[0] == 0 && known.started() == 0 && known.arrivals().estimate().perSecond() == 0) {
        continue;
      }
      double allowed = LatePrice.allowedShare(settings.waitPercentile());
      double share =
          known.started() < 1 ? 0 : Math.max(0, known.debt() / known.started() + allowed);
      lanes.add(
          new Explanation.LaneReason(
              lane,
              (int) sums[0],
              sums[1],
              sums[2],
              Durations.seconds(settings.target(workClass)),
              plan.rates.getOrDefault(lane, 0.0) * 3600,
              plan.prices.getOrDefault(lane, 0.0),
              share * 100));
    }
    Pool pool = plan.pool;
    return new Explanation.KindReason(
        pool.kind,
        plan.free,
        plan.busy,
        plan.booting,
        plan.found.worth(),
        plan.found.now(),
        plan.headroomSlots,
        plan.drain,
        pool.boot.mean(),
        pool.boot.quantile(0.9),
        pool.failureChance,
        lanes);
  }

  Forecast forecast(List<KindPlan> plans, List<Action> actions, double hourlyUsd) {
    List<Forecast.LaneForecast> lanes = new ArrayList<>();
    for (KindPlan plan : plans) {
      if (plan.pool.tasks.isEmpty()) {
        continue;
      }
      int more = 0;
      for (Action action : actions) {
        if (action instanceof Action.Launch launch && launch.kind() == plan.pool.kind) {
          more++;
        }
      }
      lanes.addAll(waits(plan, plan.late.starts(more)));
    }
    return new Forecast(lanes, Math.round(hourlyUsd * 10_000) / 10_000.0);
  }

  private List<Forecast.LaneForecast> waits(KindPlan plan, double[] starts) {
    List<Forecast.LaneForecast> lanes = new ArrayList<>();
    for (WorkClass workClass : WorkClass.values()) {
      double[] waits = new double[starts.length];
      double target = Durations.seconds(settings.target(workClass));
      int n = 0;
      int late = 0;
      for (int i = 0; i < starts.length; i++) {
        Pool.Task task = plan.pool.tasks.get(i);
        if (task.lane().workClass() == workClass && task.release() <= 0) {
          waits[n] = starts[i] - task.release();
          late += waits[n] > target ? 1 : 0;
          n++;
        }
      }
      if (n > 0) {
        Arrays.sort(waits, 0, n);
        double p95 = waits[Math.min(n - 1, (int) (0.95 * n))];
        lanes.add(new Forecast.LaneForecast(new Lane(plan.pool.kind, workClass), p95, late));
      }
    }
    return lanes;
  }
}
