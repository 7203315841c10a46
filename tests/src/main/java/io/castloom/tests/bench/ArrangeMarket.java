package io.castloom.tests.bench;

import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Creative;
import io.castloom.domain.campaign.Exclusions;
import io.castloom.domain.campaign.Flight;
import io.castloom.domain.campaign.FrequencyCaps;
import io.castloom.domain.campaign.Goal;
import io.castloom.domain.campaign.Opportunity;
import io.castloom.domain.campaign.Targeting;
import io.castloom.domain.campaign.Tier;
import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.BreakRule;
import io.castloom.domain.show.SlotKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A month's market for the ad planner, the same for the same seed. The goals are drawn from a
 * witness, a random assignment of campaigns to slots that keeps the rules, so that all of them can
 * be reached together; a few campaigns ask for far more than their show has, and cannot.
 */
final class ArrangeMarket {
  static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  static final int NIGHTS = 30;
  private static final List<String> CATEGORIES =
      List.of("Technology", "Arts", "Comedy", "News", "History", "Science", "Sports", "Music");

  final List<Opportunity> episodes = new ArrayList<>();
  final List<Campaign> campaigns = new ArrayList<>();
  final List<Creative> creatives = new ArrayList<>();
  final Set<String> reachable = new HashSet<>();
  private final Random random;
  private final int shows;

  ArrangeMarket(long seed, int episodeCount, int campaignCount) {
    random = new Random(seed);
    shows = Math.max(10, episodeCount / 20);
    episodes(episodeCount);
    List<Draft> drafts = drafts(campaignCount);
    witness(drafts);
    drafts.forEach(d -> campaigns.add(d.campaign(goal(d))));
  }

  private void episodes(int count) {
    List<AdBreak> breaks = new ArrayList<>();
    breaks.add(
        new AdBreak("pre", SlotKind.PRE, Duration.ZERO, new BreakRule(1, Duration.ofSeconds(60))));
    for (int m = 1; m <= 2; m++) {
      breaks.add(
          new AdBreak(
              "mid-" + m,
              SlotKind.MID,
              Duration.ofMinutes(15L * m),
              new BreakRule(2, Duration.ofSeconds(90))));
    }
    breaks.add(
        new AdBreak(
            "post", SlotKind.POST, Duration.ZERO, new BreakRule(1, Duration.ofSeconds(60))));
    for (int e = 0; e < count; e++) {
      int show = e * shows / count;
      int age = e - show * count / shows;
      double downloads = Math.floor(2000 / (1.0 + age) * Math.exp(random.nextGaussian() * 0.5)) + 5;
      episodes.add(
          new Opportunity(
              "demo",
              "show-" + show,
              "episode-" + e,
              show % 5 == 4 ? "de" : "en",
              List.of(CATEGORIES.get(show % CATEGORIES.size())),
              age * 7L,
              downloads,
              breaks,
              List.of(),
              Map.of(),
              false));
    }
  }

  /** A campaign whose goal is not known yet. */
  private static final class Draft {
    String id = "";
    int number;
    Tier tier = Tier.HOUSE;
    List<Flight> flights = List.of();
    Targeting targeting = Targeting.ALL;
    Exclusions exclusions = Exclusions.NONE;
    String language = "en";
    Goal.Unit unit = Goal.Unit.INSERTIONS;
    boolean impossible;
    double found;

    Campaign campaign(@org.jspecify.annotations.Nullable Goal goal) {
      return new Campaign(
          id,
          "demo",
          advertiser(),
          tier,
          List.of(id + "-ad"),
          flights,
          goal,
          targeting,
          exclusions,
          FrequencyCaps.STANDARD,
          false);
    }

    String advertiser() {
      return "advertiser-" + number / 2;
    }
  }

  private List<Draft> drafts(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Draft d = new Draft();
      d.id = String.format(Locale.ROOT, "campaign-%03d", i);
      d.number = i;
      d.tier = tier(i * 100 / count);
      d.language = i % 6 == 5 ? "de" : "en";
      d.impossible = i % 40 == 20;
      boolean sold = d.tier != Tier.HOUSE;
      if (sold) {
        int from = random.nextInt(8);
        int to = NIGHTS - 1 - random.nextInt(8);
        d.flights = List.of(new Flight(FIRST.plusDays(from), FIRST.plusDays(to)));
        d.unit = i % 2 == 0 ? Goal.Unit.INSERTIONS : Goal.Unit.IMPRESSIONS;
        d.targeting = targeting(i, d);
        d.exclusions =
            i % 4 == 0
                ? new Exclusions(
                    List.of("group-" + i % 5),
                    List.of(),
                    i % 8 == 0 ? Exclusions.Within.BREAK : Exclusions.Within.EPISODE)
                : Exclusions.NONE;
      }
      List<Creative.Version> versions = new ArrayList<>();
      for (int v = 0; v <= i % 3; v++) {
        versions.add(
            new Creative.Version(sha(i * 10 + v), 1 + v, Duration.ofSeconds(i % 2 == 0 ? 30 : 20)));
      }
      creatives.add(new Creative(d.id + "-ad", "demo", d.advertiser(), "", d.language, versions));
      drafts.add(d);
    }
    return drafts;
  }

  private Targeting targeting(int i, Draft d) {
    if (d.impossible) {
      return new Targeting(
          List.of("show-" + (shows - 1)), List.of(), List.of(), List.of(), null, null);
    }
    return switch (i % 5) {
      case 0 ->
          new Targeting(
              List.of(),
              List.of(CATEGORIES.get(i % CATEGORIES.size())),
              List.of(),
              List.of(),
              null,
              null);
      case 1 -> new Targeting(List.of(), List.of(), List.of(), List.of(SlotKind.PRE), null, null);
      case 2 -> new Targeting(List.of(), List.of(), List.of(), List.of(), null, 60L);
      case 3 ->
          new Targeting(
              List.of(),
              List.of(),
              List.of(d.language),
              List.of(SlotKind.MID, SlotKind.POST),
              null,
              null);
      default -> Targeting.ALL;
    };
  }

  private static Tier tier(int percent) {
    if (percent < 10) {
      return Tier.SPONSOR;
    }
    return percent < 70 ? Tier.DIRECT : percent < 90 ? Tier.REMNANT : Tier.HOUSE;
  }

  /** Fills seven of ten slots with sold campaigns that may be there, every night alike. */
  private void witness(List<Draft> drafts) {
    for (Opportunity o : episodes) {
      Set<Draft> here = new HashSet<>();
      for (AdBreak adBreak : o.breaks()) {
        for (int s = 0; s < adBreak.rule().slots(); s++) {
          Draft d = drafts.get(random.nextInt(drafts.size()));
          if (random.nextInt(10) < 7
              && fits(d, o, adBreak.kind())
              && apart(d, here)
              && here.add(d)) {
            d.found +=
                (d.unit == Goal.Unit.INSERTIONS ? 1 : o.expected()) * d.flights.getFirst().nights();
          }
        }
      }
    }
  }

  private static boolean fits(Draft d, Opportunity o, SlotKind kind) {
    return d.tier != Tier.HOUSE
        && !d.impossible
        && d.language.equals(o.language())
        && d.targeting.wants(o.show(), o.language(), o.categories())
        && d.targeting.wants(kind)
        && d.targeting.wantsAge(o.ageDays());
  }

  private static boolean apart(Draft d, Set<Draft> here) {
    return here.stream()
        .noneMatch(o -> o.exclusions.groups().stream().anyMatch(d.exclusions.groups()::contains));
  }

  private @org.jspecify.annotations.Nullable Goal goal(Draft d) {
    if (d.tier == Tier.HOUSE) {
      return null;
    }
    if (d.impossible) {
      return new Goal(d.unit, 5_000_000);
    }
    if (d.found < 1) {
      return null;
    }
    reachable.add(d.id);
    return new Goal(d.unit, Math.max(1, (long) (d.found * 0.95)));
  }

  private static String sha(int number) {
    return String.format(Locale.ROOT, "%064x", number);
  }
}
