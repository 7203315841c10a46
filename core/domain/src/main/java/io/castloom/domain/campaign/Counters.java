package io.castloom.domain.campaign;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What campaigns have reached before a night.
 *
 * @param done by campaign, in the unit of its goal
 * @param inShow insertions by campaign and show, a slot counting once a night
 */
public record Counters(Map<String, Double> done, Map<String, Map<String, Long>> inShow) {
  /** Nothing so far. */
  public static final Counters NONE = new Counters(Map.of(), Map.of());

  /** Copies the maps. */
  public Counters {
    done = Map.copyOf(done);
    Map<String, Map<String, Long>> copy = new HashMap<>();
    inShow.forEach((campaign, shows) -> copy.put(campaign, Map.copyOf(shows)));
    inShow = Map.copyOf(copy);
  }

  /** What a campaign has reached, in the unit of its goal. */
  public double done(String campaign) {
    return done.getOrDefault(campaign, 0.0);
  }

  /** How many insertions a campaign has had in a show. */
  public long inShow(String campaign, String show) {
    return inShow.getOrDefault(campaign, Map.of()).getOrDefault(show, 0L);
  }

  /**
   * The counters with what was delivered.
   *
   * @param impressions delivered downloads of all time, by campaign; only campaigns with a goal in
   *     impressions take them
   */
  public Counters delivered(Collection<Campaign> campaigns, Map<String, Double> impressions) {
    Map<String, Double> next = new HashMap<>(done);
    for (Campaign campaign : campaigns) {
      Goal goal = campaign.goal();
      Double count = impressions.get(campaign.id());
      if (goal != null && goal.unit() == Goal.Unit.IMPRESSIONS && count != null) {
        next.put(campaign.id(), count);
      }
    }
    return new Counters(next, inShow);
  }

  /**
   * The counters after a night.
   *
   * @param plan what every slot carried
   * @param impressions delivered downloads since, by campaign; only campaigns with a goal in
   *     impressions take them
   */
  public Counters after(NightPlan plan, Map<String, Double> impressions) {
    Map<String, Double> nextDone = new HashMap<>(done);
    Map<String, Map<String, Long>> nextShows = new HashMap<>();
    inShow.forEach((campaign, shows) -> nextShows.put(campaign, new HashMap<>(shows)));
    plan.insertions()
        .forEach(
            (campaign, shows) -> {
              Map<String, Long> counts = nextShows.computeIfAbsent(campaign, _ -> new HashMap<>());
              shows.forEach((show, count) -> counts.merge(show, count, Long::sum));
              if (plan.counts(campaign) == Goal.Unit.INSERTIONS) {
                long sum = shows.values().stream().mapToLong(Long::longValue).sum();
                nextDone.merge(campaign, (double) sum, Double::sum);
              }
            });
    impressions.forEach(
        (campaign, count) -> {
          if (plan.counts(campaign) == Goal.Unit.IMPRESSIONS) {
            nextDone.merge(campaign, count, Double::sum);
          }
        });
    return new Counters(nextDone, nextShows);
  }
}
