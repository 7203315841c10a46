package io.castloom.domain.campaign;

import static io.castloom.domain.show.Documents.sha;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.show.AdBreak;
import io.castloom.domain.show.BreakRule;
import io.castloom.domain.show.SlotKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdPlannerTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final Flight NOVEMBER = new Flight(FIRST, LocalDate.of(2026, 11, 30));

  private static Opportunity episode(String id, double expected, String... breaks) {
    List<AdBreak> all = new ArrayList<>();
    for (String name : breaks) {
      SlotKind kind =
          name.equals("pre") ? SlotKind.PRE : name.equals("post") ? SlotKind.POST : SlotKind.MID;
      all.add(new AdBreak(name, kind, Duration.ZERO, new BreakRule(1, Duration.ofSeconds(60))));
    }
    return new Opportunity(
        "demo",
        "talk",
        id,
        "en",
        List.of("Technology"),
        10,
        expected,
        all,
        List.of(),
        Map.of(),
        false);
  }

  private static Creative ad(String id, int number) {
    return new Creative(
        id,
        "demo",
        id,
        "",
        "en",
        List.of(new Creative.Version(sha(number), 1, Duration.ofSeconds(30))));
  }

  private static Campaign campaign(
      String id, Tier tier, @Nullable Goal goal, Exclusions exclusions) {
    return new Campaign(
        id,
        "demo",
        id,
        tier,
        List.of(id),
        List.of(NOVEMBER),
        goal,
        Targeting.ALL,
        exclusions,
        FrequencyCaps.STANDARD,
        false);
  }

  private static Goal insertions(long amount) {
    return new Goal(Goal.Unit.INSERTIONS, amount);
  }

  @Test
  void a_slot_that_nobody_targets_says_so_and_who_would_on_another_night() {
    Campaign paused =
        new Campaign(
            "bmw",
            "demo",
            "bmw",
            Tier.DIRECT,
            List.of("bmw"),
            List.of(NOVEMBER),
            null,
            Targeting.ALL,
            Exclusions.NONE,
            FrequencyCaps.STANDARD,
            true);
    NightPlan plan =
        AdPlanner.plan(
            List.of(episode("e1", 100, "pre")),
            List.of(campaign("audi", Tier.SPONSOR, null, Exclusions.NONE), paused),
            List.of(ad("audi", 1), ad("bmw", 2)),
            LocalDate.of(2027, 3, 4),
            Counters.NONE);
    assertThat(plan.explain("talk", "e1"))
        .containsExactly(
            "slot pre: stays closed: no campaign of this night targets it; audi has no flight on"
                + " it; bmw is paused");
  }

  @Test
  void a_plan_explains_itself() {
    List<Opportunity> episodes = List.of(episode("e1", 100, "pre", "mid-1"));
    Exclusions cars = new Exclusions(List.of("cars"), List.of(), Exclusions.Within.EPISODE);
    List<Campaign> campaigns =
        List.of(
            campaign("audi", Tier.SPONSOR, null, cars),
            campaign("bmw", Tier.DIRECT, insertions(30), cars),
            campaign("zeta", Tier.DIRECT, insertions(300), Exclusions.NONE),
            campaign("house", Tier.HOUSE, null, Exclusions.NONE));
    NightPlan plan =
        AdPlanner.plan(
            episodes,
            campaigns,
            List.of(ad("audi", 1), ad("bmw", 2), ad("zeta", 3), ad("house", 4)),
            LocalDate.of(2026, 11, 4),
            new Counters(Map.of("zeta", 21.0), Map.of()));
    List<String> words = plan.explain("talk", "e1");
    assertThat(words).hasSize(2);
    assertThat(words)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("audi chosen (sponsor, shares what is left)")
                    .contains("zeta excluded: frequency cap of the episode"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("zeta chosen (direct, behind pace by 3.0 %, 1 of 1")
                    .contains("bmw excluded: competitor of audi")
                    .contains("audi excluded: frequency cap of the episode")
                    .contains("house comes after: house"));
  }

  @Test
  void tiers_come_in_their_order() {
    List<Opportunity> episodes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Opportunity o = episode("e" + i, 10, "pre");
      episodes.add(
          new Opportunity(
              "demo",
              "show-" + i,
              o.episode(),
              "en",
              List.of("Arts"),
              1,
              10,
              o.breaks(),
              List.of(),
              Map.of(),
              false));
    }
    List<Campaign> campaigns =
        List.of(
            campaign("s", Tier.SPONSOR, insertions(300), Exclusions.NONE),
            campaign("d", Tier.DIRECT, insertions(600), Exclusions.NONE),
            campaign("r", Tier.REMNANT, insertions(150), Exclusions.NONE),
            campaign("h", Tier.HOUSE, null, Exclusions.NONE),
            campaign("h2", Tier.HOUSE, null, Exclusions.NONE));
    List<Creative> ads = List.of(ad("s", 1), ad("d", 2), ad("r", 3), ad("h", 4), ad("h2", 5));
    NightPlan plan = AdPlanner.plan(episodes, campaigns, ads, FIRST, Counters.NONE);
    assertThat(plan.insertions().get("s")).hasSize(10);
    assertThat(plan.insertions().get("d")).hasSize(20);
    assertThat(plan.insertions().get("r")).hasSize(5);
    int h = plan.insertions().getOrDefault("h", Map.of()).size();
    int h2 = plan.insertions().getOrDefault("h2", Map.of()).size();
    assertThat(h + h2).isEqualTo(5);
    assertThat(plan.unfilled()).isZero();
    assertThat(Math.abs(h - h2)).isEqualTo(1);
  }

  @Test
  void a_campaign_is_heard_in_its_own_accounts_shows_only() {
    Opportunity own = episode("e1", 100, "pre");
    Opportunity foreign =
        new Opportunity(
            "rival",
            "walk",
            "e2",
            own.language(),
            own.categories(),
            own.ageDays(),
            own.expected(),
            own.breaks(),
            List.of(),
            Map.of("pre-1", new Placement("house", "house", sha(1))),
            false);
    NightPlan plan =
        AdPlanner.plan(
            List.of(own, foreign),
            List.of(campaign("house", Tier.HOUSE, null, Exclusions.NONE)),
            List.of(ad("house", 1)),
            FIRST,
            Counters.NONE);
    assertThat(plan.insertions()).containsExactly(Map.entry("house", Map.of("talk", 1L)));
    assertThat(plan.slots("walk", "e2")).allMatch(slot -> slot.placement() == null);
    assertThat(plan.explain("walk", "e2")).noneMatch(line -> line.contains("house"));
  }

  @Test
  void versions_are_heard_by_their_weights() {
    Creative weighted =
        new Creative(
            "w",
            "demo",
            "w",
            "",
            "en",
            List.of(
                new Creative.Version(sha(1), 3, Duration.ofSeconds(30)),
                new Creative.Version(sha(2), 1, Duration.ofSeconds(20))));
    List<Opportunity> episodes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      episodes.add(
          new Opportunity(
              "demo",
              "show-" + i,
              "e",
              "en",
              List.of("Arts"),
              1,
              1,
              List.of(
                  new AdBreak(
                      "pre", SlotKind.PRE, Duration.ZERO, new BreakRule(1, Duration.ofMinutes(1)))),
              List.of(),
              Map.of(),
              false));
    }
    NightPlan plan =
        AdPlanner.plan(
            episodes,
            List.of(campaign("w", Tier.DIRECT, insertions(1200), Exclusions.NONE)),
            List.of(weighted),
            FIRST,
            Counters.NONE);
    Map<String, Integer> heard = new HashMap<>();
    for (Opportunity o : episodes) {
      for (SlotPlan slot : plan.slots(o.show(), o.episode())) {
        if (slot.placement() != null) {
          heard.merge(slot.placement().original(), 1, Integer::sum);
        }
      }
    }
    assertThat(heard).isEqualTo(Map.of(sha(1), 30, sha(2), 10));
  }

  @Test
  void fractions_are_rounded_fairly_and_the_last_night_takes_what_is_left() {
    Campaign small = campaign("small", Tier.DIRECT, insertions(10), Exclusions.NONE);
    double done = 0;
    for (int night = 0; night < 30; night++) {
      Pace pace =
          Pace.of(small, FIRST.plusDays(night), new Counters(Map.of("small", done), Map.of()));
      assertThat(pace).isNotNull();
      assertThat(pace.tonight()).isIn(0.0, 1.0, 2.0, 3.0);
      done += pace.tonight();
      assertThat(Math.abs(done - (night + 1) / 3.0)).isLessThan(3.5);
    }
    assertThat(done).isEqualTo(10);
  }
}
