package io.castloom.service.deliveries;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What listeners have heard, up to and with a day, {@code nightly/heard.json} of the private
 * bucket.
 *
 * @param through the last day (UTC) that is counted; null before the first
 * @param impressions delivered ads of all days by campaign
 * @param perDay downloads a day lately by {@code show/episode}: a mean in which each day weighs
 *     seven tenths of the day after it
 */
public record Heard(
    @Nullable LocalDate through, Map<String, Double> impressions, Map<String, Double> perDay) {
  /** Nothing was ever counted. */
  public static final Heard NOTHING = new Heard(null, Map.of(), Map.of());

  private static final double YESTERDAYS_SHARE = 0.7;

  /** So little as to be last in every order, and yet not impossible. */
  private static final double LEAST = 0.01;

  private static final double UNKNOWN = 1;

  public Heard {
    impressions = Map.copyOf(impressions);
    perDay = Map.copyOf(perDay);
  }

  /**
   * Downloads a day of an episode; 1 for one that nobody has had a chance to hear. One that could
   * be heard on a counted day and never was comes last: it must not stand before those that are
   * heard every other day.
   *
   * @param since when listeners could hear it first; null when they could not yet
   */
  public double perDay(String show, String episode, @Nullable Instant since) {
    Double mean = perDay.get(show + "/" + episode);
    if (mean != null) {
      return mean;
    }
    LocalDate last = through;
    boolean unheard =
        since != null && last != null && !LocalDate.ofInstant(since, ZoneOffset.UTC).isAfter(last);
    return unheard ? LEAST : UNKNOWN;
  }

  /**
   * The same with one more day.
   *
   * @param delivered ads of the day by campaign
   * @param downloads of the day by {@code show/episode}
   */
  Heard with(LocalDate day, Map<String, Long> delivered, Map<String, Long> downloads) {
    Map<String, Double> sums = new HashMap<>(impressions);
    delivered.forEach((campaign, count) -> sums.merge(campaign, (double) count, Double::sum));
    Map<String, Double> means = new HashMap<>();
    perDay.forEach((episode, mean) -> means.put(episode, mean * YESTERDAYS_SHARE));
    downloads.forEach(
        (episode, count) ->
            means.merge(
                episode,
                perDay.containsKey(episode) ? (1 - YESTERDAYS_SHARE) * count : (double) count,
                Double::sum));
    means.replaceAll((_, mean) -> Math.max(LEAST, mean));
    return new Heard(day, sums, means);
  }
}
