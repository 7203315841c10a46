package io.castloom.domain.campaign;

import static io.castloom.domain.show.Documents.sha;

import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.BreakRule;
import io.castloom.domain.show.SlotKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random market of shows and campaigns, the same for the same seed. */
final class Market {
  static final LocalDate NIGHT = LocalDate.of(2026, 11, 10);

  final Random random;
  final List<Opportunity> episodes = new ArrayList<>();
  final List<Campaign> campaigns = new ArrayList<>();
  final List<Creative> creatives = new ArrayList<>();
  Counters counters = Counters.NONE;

  Market(long seed) {
    random = new Random(seed);
  }

  static Market small(long seed) {
    Market market = new Market(seed);
    int shows = 1 + market.random.nextInt(4);
    for (int s = 0; s < shows; s++) {
      market.show("show-" + s, 1 + market.random.nextInt(12));
    }
    int campaigns = 1 + market.random.nextInt(14);
    for (int c = 0; c < campaigns; c++) {
      market.campaign("campaign-" + c);
    }
    Map<String, Map<String, Long>> inShow = new HashMap<>();
    market.campaigns.forEach(
        c -> inShow.put(c.id(), Map.of("show-0", (long) market.random.nextInt(20))));
    market.counters = new Counters(Map.of("campaign-0", 5.0, "campaign-1", 50.0), inShow);
    return market;
  }

  void show(String id, int count) {
    String language = pick("en", "de", "en-GB");
    List<String> categories = List.of(pick("Technology", "Arts > Books", "Arts"));
    BreakRule pre = new BreakRule(random.nextInt(3), Duration.ofSeconds(pick(20, 30, 60)));
    BreakRule mid = new BreakRule(1 + random.nextInt(3), Duration.ofSeconds(pick(30, 60, 90)));
    BreakRule post = new BreakRule(random.nextInt(2), Duration.ofSeconds(30));
    for (int e = 0; e < count; e++) {
      List<AdBreak> breaks = new ArrayList<>();
      breaks.add(new AdBreak("pre", SlotKind.PRE, Duration.ZERO, pre));
      int mids = random.nextInt(4);
      for (int m = 1; m <= mids; m++) {
        breaks.add(new AdBreak("mid-" + m, SlotKind.MID, Duration.ofMinutes(10L * m), mid));
      }
      breaks.add(new AdBreak("post", SlotKind.POST, Duration.ZERO, post));
      breaks.removeIf(b -> b.rule().slots() == 0);
      List<String> barred = random.nextInt(4) == 0 ? List.of("advertiser-1") : List.of();
      episodes.add(
          new Opportunity(
              "demo",
              id,
              "episode-" + e,
              language,
              categories,
              e * 7L,
              10 + random.nextInt(500),
              breaks,
              barred,
              Map.of(),
              false));
    }
  }

  void campaign(String id) {
    int advertiser = random.nextInt(6);
    List<String> own = new ArrayList<>();
    int ads = 1 + random.nextInt(2);
    for (int i = 0; i < ads; i++) {
      List<Creative.Version> versions = new ArrayList<>();
      for (int v = 0; v < 1 + random.nextInt(3); v++) {
        int number = creatives.size() * 10 + v + 1;
        versions.add(
            new Creative.Version(
                sha(number), 1 + random.nextInt(4), Duration.ofSeconds(pick(10, 20, 30, 45))));
      }
      own.add(id + "-ad-" + i);
      creatives.add(
          new Creative(
              id + "-ad-" + i,
              "demo",
              "advertiser-" + advertiser,
              "",
              pick("en", "en", "de"),
              versions));
    }
    Tier tier = pick(Tier.values());
    boolean sold = tier == Tier.SPONSOR || tier == Tier.DIRECT;
    Goal goal =
        sold && random.nextInt(4) > 0
            ? new Goal(pick(Goal.Unit.values()), 1 + random.nextInt(2000))
            : null;
    campaigns.add(
        new Campaign(
            id,
            "demo",
            "advertiser-" + advertiser,
            tier,
            own,
            sold
                ? List.of(
                    new Flight(
                        NIGHT.minusDays(random.nextInt(10)), NIGHT.plusDays(random.nextInt(20))))
                : List.of(),
            goal,
            new Targeting(
                random.nextInt(3) == 0 ? List.of("show-0") : List.of(),
                random.nextInt(4) == 0 ? List.of("Arts") : List.of(),
                List.of(),
                random.nextInt(3) == 0 ? List.of(pick(SlotKind.values())) : List.of(),
                random.nextInt(5) == 0 ? 7L : null,
                random.nextInt(5) == 0 ? 30L : null),
            new Exclusions(
                random.nextInt(3) == 0 ? List.of("group-" + random.nextInt(2)) : List.of(),
                random.nextInt(4) == 0 ? List.of("advertiser-" + (advertiser + 1) % 6) : List.of(),
                pick(Exclusions.Within.values())),
            new FrequencyCaps(
                1 + random.nextInt(2),
                random.nextInt(4) == 0 ? 3 : Long.MAX_VALUE,
                random.nextInt(4) == 0 ? 15 : Long.MAX_VALUE),
            random.nextInt(15) == 0));
  }

  NightPlan plan() {
    return AdPlanner.plan(episodes, campaigns, creatives, NIGHT, counters);
  }

  /** The same market on the day after, with what the plan put into the slots. */
  List<Opportunity> holding(NightPlan plan) {
    List<Opportunity> next = new ArrayList<>();
    for (Opportunity o : episodes) {
      next.add(
          new Opportunity(
              o.account(),
              o.show(),
              o.episode(),
              o.language(),
              o.categories(),
              o.ageDays(),
              o.expected(),
              o.breaks(),
              o.notAdvertisers(),
              placements(plan, o),
              false));
    }
    return next;
  }

  static Map<String, Placement> placements(NightPlan plan, Opportunity o) {
    Map<String, Placement> map = new HashMap<>();
    for (SlotPlan slot : plan.slots(o.show(), o.episode())) {
      Placement placement = slot.placement();
      if (placement != null) {
        map.put(slot.slot(), placement);
      }
    }
    return map;
  }

  Campaign campaignOf(Placement placement) {
    return campaigns.stream()
        .filter(c -> c.id().equals(placement.campaign()))
        .findFirst()
        .orElseThrow();
  }

  Creative creativeOf(Placement placement) {
    return creatives.stream()
        .filter(c -> c.id().equals(placement.creative()))
        .findFirst()
        .orElseThrow();
  }

  void shuffle() {
    Collections.shuffle(campaigns, random);
    Collections.shuffle(creatives, random);
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }
}
