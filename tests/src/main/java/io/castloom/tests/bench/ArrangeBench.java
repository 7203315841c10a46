package io.castloom.tests.bench;

import io.castloom.domain.campaign.AdPlanner;
import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Counters;
import io.castloom.domain.campaign.Goal;
import io.castloom.domain.campaign.NightPlan;
import io.castloom.domain.campaign.Opportunity;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.campaign.SlotPlan;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * {@code bench arrange}: the ad planner over a simulated month of 10,000 episodes and 200
 * campaigns. Impressions are delivered with noise, as in life; the error of a campaign is what it
 * missed or exceeded at the end, as a share of its goal.
 */
public final class ArrangeBench {
  private static final double MOST_ERROR = 0.02;
  private static final double MOST_SECONDS = 10;

  private final PrintStream out;
  private final boolean json;
  private boolean holds = true;

  private ArrangeBench(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Runs the bench.
   *
   * @param out where the table or the JSON lines go
   * @param json one line of JSON a measure instead of the table
   * @return whether every goal holds
   */
  public static boolean run(PrintStream out, boolean json) {
    ArrangeBench bench = new ArrangeBench(out, json);
    bench.month(new ArrangeMarket(1, 10_000, 200));
    return bench.holds;
  }

  /** Runs the bench alone: {@code --json} for JSON lines; exit 1 when a goal does not hold. */
  public static void main(String[] args) {
    if (!run(System.out, List.of(args).contains("--json"))) {
      System.exit(1);
    }
  }

  /**
   * What came of a simulated month.
   *
   * @param errors by campaign with a reachable goal: what it missed or exceeded, as a share of the
   *     goal
   * @param slowest seconds of the slowest night's planning
   * @param mean seconds of a night's planning
   * @param changed share of the episodes that get other ads on a night
   * @param closed share of the slots without an ad
   */
  record Month(
      Map<String, Double> errors, double slowest, double mean, double changed, double closed) {
    double worst() {
      return errors.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    double meanError() {
      return errors.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }

  /** Plans and delivers all nights of a month. */
  static Month simulate(ArrangeMarket market) {
    Random noise = new Random(2);
    Counters counters = Counters.NONE;
    List<Opportunity> episodes = market.episodes;
    double slowest = 0;
    double all = 0;
    long changed = 0;
    long unfilled = 0;
    long slots = 0;
    for (int n = 0; n < ArrangeMarket.NIGHTS; n++) {
      LocalDate night = ArrangeMarket.FIRST.plusDays(n);
      long start = System.nanoTime();
      NightPlan plan =
          AdPlanner.plan(episodes, market.campaigns, market.creatives, night, counters);
      double seconds = (System.nanoTime() - start) / 1e9;
      slowest = Math.max(slowest, seconds);
      all += seconds;
      unfilled += plan.unfilled();
      Map<String, Double> delivered = new HashMap<>();
      List<Opportunity> next = new ArrayList<>(episodes.size());
      for (Opportunity o : episodes) {
        changed += n > 0 && plan.changes(o.show(), o.episode()) ? 1 : 0;
        slots += plan.slots(o.show(), o.episode()).size();
        next.add(deliver(plan, o, noise, delivered));
      }
      counters = counters.after(plan, delivered);
      episodes = next;
    }
    int nights = ArrangeMarket.NIGHTS;
    return new Month(
        errors(market, counters),
        slowest,
        all / nights,
        (double) changed / (nights - 1) / episodes.size(),
        (double) unfilled / slots);
  }

  private static Map<String, Double> errors(ArrangeMarket market, Counters counters) {
    Map<String, Double> errors = new TreeMap<>();
    for (Campaign campaign : market.campaigns) {
      Goal goal = campaign.goal();
      if (goal != null && market.reachable.contains(campaign.id())) {
        errors.put(
            campaign.id(), Math.abs(counters.done(campaign.id()) - goal.amount()) / goal.amount());
      }
    }
    return errors;
  }

  private void month(ArrangeMarket market) {
    Month month = simulate(market);
    if (!json) {
      out.printf(
          Locale.ROOT, "%-34s %12s %-8s %10s  %s%n", "arrange", "value", "unit", "goal", "holds");
    }
    long within = month.errors.values().stream().filter(e -> e <= MOST_ERROR).count();
    measure("pacing error, worst", 100 * month.worst(), "%", 100 * MOST_ERROR);
    measure("pacing error, mean", 100 * month.meanError(), "%", 100 * MOST_ERROR);
    measure("reachable goals within 2 %", 100.0 * within / month.errors.size(), "%", Double.NaN);
    measure("slowest night", month.slowest, "s", MOST_SECONDS);
    measure("mean night", month.mean, "s", MOST_SECONDS);
    measure("episodes changed a night", 100 * month.changed, "%", Double.NaN);
    measure("slots closed", 100 * month.closed, "%", Double.NaN);
  }

  private static Opportunity deliver(
      NightPlan plan, Opportunity o, Random noise, Map<String, Double> delivered) {
    double downloads = Math.floor(o.expected() * Math.exp(noise.nextGaussian() * 0.2 - 0.02));
    Map<String, Placement> holds = new HashMap<>();
    for (SlotPlan slot : plan.slots(o.show(), o.episode())) {
      Placement placement = slot.placement();
      if (placement != null) {
        holds.put(slot.slot(), placement);
        delivered.merge(placement.campaign(), downloads, Double::sum);
      }
    }
    return new Opportunity(
        o.account(),
        o.show(),
        o.episode(),
        o.language(),
        o.categories(),
        o.ageDays(),
        o.expected(),
        o.breaks(),
        o.notAdvertisers(),
        holds,
        false);
  }

  private void measure(String name, double value, String unit, double goal) {
    boolean met = Double.isNaN(goal) || value <= goal;
    holds &= met;
    if (json) {
      out.printf(
          Locale.ROOT,
          "{\"bench\":\"arrange\",\"measure\":\"%s\",\"value\":%.4f,\"unit\":\"%s\",\"baseline\":null,\"ratio\":null,\"goal\":%s,\"holds\":%b}%n",
          name,
          value,
          unit,
          Double.isNaN(goal) ? "null" : String.format(Locale.ROOT, "%.4f", goal),
          met);
    } else {
      out.printf(
          Locale.ROOT,
          "%-34s %12.3f %-8s %10s  %s%n",
          name,
          value,
          unit,
          Double.isNaN(goal) ? "" : String.format(Locale.ROOT, "<= %.1f", goal),
          Double.isNaN(goal) ? "" : met ? "yes" : "NO");
    }
  }
}
