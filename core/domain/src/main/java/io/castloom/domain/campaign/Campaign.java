package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Reading;
import io.castloom.domain.document.Tree;
import io.castloom.domain.show.Show;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it was sold. The record may hold anything; {@link #problems} tells whether it may
 * be applied.
 *
 * @param id a slug
 * @param account who booked it
 * @param advertiser whose it is
 * @param tier which campaigns it goes before
 * @param creatives ids of its ads, at least one
 * @param flights when it runs; empty for always, which only remnant and house may
 * @param goal what it has to reach, or null for as much as there is
 * @param targeting where it wants to be heard
 * @param exclusions whom it must not meet
 * @param caps how often it may be heard
 * @param paused whether it is held for the time being
 */
public record Campaign(
    String id,
    String account,
    String advertiser,
    Tier tier,
    List<String> creatives,
    List<Flight> flights,
    @Nullable Goal goal,
    Targeting targeting,
    Exclusions exclusions,
    FrequencyCaps caps,
    boolean paused) {
  /** Copies the lists and checks that nothing is null that must not be. */
  public Campaign {
    Objects.requireNonNull(id);
    Objects.requireNonNull(account);
    Objects.requireNonNull(advertiser);
    Objects.requireNonNull(tier);
    creatives = List.copyOf(creatives);
    flights = List.copyOf(flights);
    Objects.requireNonNull(targeting);
    Objects.requireNonNull(exclusions);
    Objects.requireNonNull(caps);
  }

  /**
   * Reads a campaign's document and checks it against the creatives and shows that it names.
   *
   * @param tree the document's fields
   * @param creatives all creatives; those of other accounts do not count
   * @param shows all shows; those of other accounts do not count
   */
  public static Reading<Campaign> read(
      Map<String, ?> tree, Collection<Creative> creatives, Collection<Show> shows) {
    Problems problems = new Problems("campaign " + tree.get("id"));
    Fields fields = Fields.of(tree, problems);
    Targeting targeting = fields.inside("targeting", Targeting::read);
    Exclusions exclusions = fields.inside("exclusions", Exclusions::read);
    FrequencyCaps caps = fields.inside("caps", FrequencyCaps::read);
    Campaign campaign =
        new Campaign(
            fields.text("id"),
            fields.text("account"),
            fields.text("advertiser"),
            fields.choice("tier", Tier.class, Tier.DIRECT),
            fields.texts("creatives"),
            fields.each("flights", "", Flight::read),
            fields.inside("goal", f -> goal(f, problems)),
            targeting == null ? Targeting.ALL : targeting,
            exclusions == null ? Exclusions.NONE : exclusions,
            caps == null ? FrequencyCaps.STANDARD : caps,
            fields.flag("paused", false));
    fields.noOthers();
    new CampaignCheck(campaign, creatives, shows, problems).run();
    return Reading.of(campaign, problems);
  }

  @SuppressWarnings(
      "NullAway") // an unread goal is null in the record; the reader's function type cannot say so
  private static Goal goal(Fields fields, Problems problems) {
    Goal goal = Goal.read(fields, problems);
    problems.check(
        goal != null, "goal", "", "must be impressions or insertions, a whole number above 0");
    return goal;
  }

  /** Everything that keeps this campaign from being applied; empty when it is good. */
  public List<Problem> problems(Collection<Creative> itsCreatives, Collection<Show> shows) {
    Problems problems = new Problems("campaign " + id);
    new CampaignCheck(this, itsCreatives, shows, problems).run();
    return problems.list();
  }

  /** Whether it runs on a night: not paused, and within a flight or without any. */
  public boolean runs(LocalDate night) {
    return !paused && (flights.isEmpty() || flights.stream().anyMatch(f -> f.covers(night)));
  }

  /** How many nights all its flights have. */
  public long nights() {
    return flights.stream().mapToLong(Flight::nights).sum();
  }

  /** How many nights of its flights lie before the date. */
  public long nightsBefore(LocalDate night) {
    return flights.stream().mapToLong(f -> f.nightsBefore(night)).sum();
  }

  /** What {@link #read} reads. */
  public Map<String, Object> tree() {
    return new Tree()
        .put("id", id)
        .put("account", account)
        .put("advertiser", advertiser)
        .put("tier", tier)
        .put("creatives", creatives)
        .put("flights", flights.stream().map(Flight::tree).toList())
        .put("goal", goal == null ? null : goal.tree())
        .put("targeting", targeting.tree())
        .put("exclusions", exclusions.tree())
        .put("caps", caps.tree())
        .put("paused", paused ? true : null)
        .map();
  }
}
