package io.castloom.domain.campaign;

import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Slug;
import io.castloom.domain.document.Timecode;
import io.castloom.domain.show.About;
import io.castloom.domain.show.Categories;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.SlotKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules between a campaign, its creatives and the shows that it is meant for. */
final class CampaignCheck {
  private final Campaign campaign;
  private final Map<String, Creative> creatives = new HashMap<>();
  private final Map<String, Show> shows = new HashMap<>();
  private final Problems problems;

  CampaignCheck(
      Campaign campaign,
      Collection<Creative> creatives,
      Collection<Show> shows,
      Problems problems) {
    this.campaign = campaign;
    // an account's ads are its own and sound in its own shows, whatever others have applied
    creatives.stream()
        .filter(c -> c.account().equals(campaign.account()))
        .forEach(c -> this.creatives.put(c.id(), c));
    shows.stream()
        .filter(s -> s.account().equals(campaign.account()))
        .forEach(s -> this.shows.put(s.id(), s));
    this.problems = problems;
  }

  void run() {
    problems.check(
        campaign.id().isEmpty() || Slug.valid(campaign.id()), "id", campaign.id(), Slug.RULE);
    flights();
    targeting();
    List<Show> meant = meant();
    problems.check(
        shows.isEmpty() || !meant.isEmpty(),
        "targeting",
        "",
        "does not cover any show that exists");
    creatives(meant);
    problems.check(
        !campaign.exclusions().advertisers().contains(campaign.advertiser()),
        "exclusions.advertisers",
        campaign.advertiser(),
        "must not name the campaign's own advertiser");
  }

  private void flights() {
    List<Flight> flights = campaign.flights();
    boolean free = campaign.tier() == Tier.REMNANT || campaign.tier() == Tier.HOUSE;
    problems.check(
        !flights.isEmpty() || (free && campaign.goal() == null),
        "flights",
        "",
        "must have at least one flight: only remnant and house campaigns without a goal run always");
    for (int i = 0; i < flights.size(); i++) {
      Flight flight = flights.get(i);
      String field = "flights[" + i + "]";
      problems.check(
          !flight.to().isBefore(flight.from()),
          field + ".to",
          flight.to(),
          "must not lie before the flight's first date (" + flight.from() + ")");
      for (int j = 0; j < i; j++) {
        Flight other = flights.get(j);
        if (!flight.from().isAfter(other.to()) && !other.from().isAfter(flight.to())) {
          problems.add(
              field,
              flight.from() + " to " + flight.to(),
              "must not overlap flights[" + j + "] (" + other.from() + " to " + other.to() + ")");
        }
      }
    }
  }

  private void targeting() {
    Targeting targeting = campaign.targeting();
    each("targeting.shows", targeting.shows(), shows::containsKey, "is not a show of this account");
    each(
        "targeting.categories",
        targeting.categories(),
        Categories::known,
        "is not one of Apple's podcast categories");
    for (int i = 0; i < targeting.languages().size(); i++) {
      About.checkLanguage("targeting.languages[" + i + "]", targeting.languages().get(i), problems);
    }
    Long youngest = targeting.youngest();
    Long oldest = targeting.oldest();
    problems.check(
        youngest == null || oldest == null || youngest <= oldest,
        "targeting.maximumAgeDays",
        String.valueOf(oldest),
        "must not be less than minimumAgeDays (" + youngest + ")");
  }

  private void each(
      String field, List<String> values, java.util.function.Predicate<String> known, String rule) {
    for (int i = 0; i < values.size(); i++) {
      problems.check(known.test(values.get(i)), field + "[" + i + "]", values.get(i), rule);
    }
  }

  private List<Show> meant() {
    List<Show> meant = new ArrayList<>();
    for (Show show : shows.values()) {
      if (campaign
          .targeting()
          .wants(show.id(), show.about().language(), show.about().categories())) {
        meant.add(show);
      }
    }
    return meant;
  }

  private void creatives(List<Show> meant) {
    problems.check(
        !campaign.creatives().isEmpty(), "creatives", "", "must name at least one creative");
    for (int i = 0; i < campaign.creatives().size(); i++) {
      String id = campaign.creatives().get(i);
      String field = "creatives[" + i + "]";
      Creative creative = creatives.get(id);
      problems.check(campaign.creatives().indexOf(id) == i, field, id, "stands in the list twice");
      if (creative == null) {
        problems.add(field, id, "is not a creative of this account: apply it first");
      } else {
        problems.check(
            creative.advertiser().equals(campaign.advertiser()),
            field,
            id,
            "belongs to the advertiser "
                + creative.advertiser()
                + ", not to "
                + campaign.advertiser());
        language(field, creative, meant);
        length(field, creative, meant);
      }
    }
  }

  private void language(String field, Creative creative, List<Show> meant) {
    boolean fits =
        meant.isEmpty()
            || meant.stream()
                .anyMatch(s -> Targeting.sameLanguage(creative.language(), s.about().language()));
    problems.check(
        fits,
        field,
        creative.id(),
        "is in the language " + creative.language() + ", which no targeted show speaks");
  }

  private void length(String field, Creative creative, List<Show> meant) {
    Duration longest = longest(meant);
    for (Creative.Version version : creative.versions()) {
      if (longest != null && version.length().compareTo(longest) > 0) {
        problems.add(
            field,
            creative.id(),
            "lasts "
                + Timecode.format(version.length())
                + ": no targeted break is longer than "
                + Timecode.format(longest));
        return;
      }
    }
  }

  private @Nullable Duration longest(List<Show> meant) {
    Set<SlotKind> kinds = EnumSet.allOf(SlotKind.class);
    kinds.removeIf(kind -> !campaign.targeting().wants(kind));
    return meant.stream()
        .flatMap(s -> kinds.stream().map(s.breaks()::rule))
        .filter(rule -> rule.slots() > 0)
        .map(io.castloom.domain.show.BreakRule::longest)
        .max(Duration::compareTo)
        .orElse(null);
  }
}
