package io.castloom.domain.campaign;

import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The slots of one episode on one night, with what campaigns ask about them.
 *
 * @param account who owns the show; only his campaigns are heard in it
 * @param show the show's id
 * @param episode the episode's id
 * @param language the show's language, a BCP 47 tag
 * @param categories the show's categories
 * @param ageDays days since its publication, in the show's zone
 * @param expected how many downloads it will have until the next night, at least 0
 * @param breaks its open breaks, in the order in which they sound; when they open is left out,
 *     since no rule asks for it, so that thousands of episodes have the same
 * @param notAdvertisers advertisers that must not appear in it
 * @param last what its slots hold now, by the slot's name
 * @param fixed whether it keeps what it holds: it counts, but is not planned anew
 */
public record Opportunity(
    String account,
    String show,
    String episode,
    String language,
    List<String> categories,
    long ageDays,
    double expected,
    List<AdBreak> breaks,
    List<String> notAdvertisers,
    Map<String, Placement> last,
    boolean fixed) {
  /** Copies the collections and checks the bounds. */
  public Opportunity {
    Objects.requireNonNull(account);
    Objects.requireNonNull(show);
    Objects.requireNonNull(episode);
    Objects.requireNonNull(language);
    categories = List.copyOf(categories);
    breaks = List.copyOf(breaks);
    notAdvertisers = List.copyOf(notAdvertisers);
    last = Map.copyOf(last);
    if (!(expected >= 0) || Double.isInfinite(expected)) {
      throw new IllegalArgumentException("expected downloads are a number from 0 on: " + expected);
    }
  }

  /** The slots of an episode on a night; {@code last} is empty for one that was never assembled. */
  public static Opportunity of(
      Show show, Episode episode, LocalDate night, double expected, Map<String, Placement> last) {
    var published = episode.publishedAt();
    long age =
        published == null
            ? 0
            : ChronoUnit.DAYS.between(published.atZone(show.zone()).toLocalDate(), night);
    return new Opportunity(
        show.account(),
        show.id(),
        episode.id(),
        show.about().language(),
        show.about().categories(),
        Math.max(0, age),
        expected,
        AdBreak.of(show, episode).stream().map(AdBreak::anywhere).toList(),
        episode.overrides().notAdvertisers(),
        last,
        false);
  }

  /** The same episode keeping what it holds. */
  public Opportunity held() {
    return copy(breaks, last, true);
  }

  /** The same episode with other copies of equal breaks. */
  public Opportunity with(List<AdBreak> same) {
    return copy(same, last, fixed);
  }

  /** What remains when its breaks and what they hold are known otherwise. */
  Opportunity bare() {
    return copy(List.of(), Map.of(), fixed);
  }

  private Opportunity copy(List<AdBreak> breaks, Map<String, Placement> last, boolean fixed) {
    return new Opportunity(
        account,
        show,
        episode,
        language,
        categories,
        ageDays,
        expected,
        breaks,
        notAdvertisers,
        last,
        fixed);
  }
}
