package io.castloom.domain.campaign;

import static io.castloom.domain.show.Documents.ORIGINALS;
import static io.castloom.domain.show.Documents.aShow;
import static io.castloom.domain.show.Documents.sha;
import static io.castloom.domain.show.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CampaignTest {
  private static Map<String, Object> campaign() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", "acme-autumn");
    tree.put("account", "demo");
    tree.put("advertiser", "acme");
    tree.put("creatives", List.of("acme-short"));
    tree.put("flights", List.of(Map.of("from", "2026-11-01", "to", "2026-11-30")));
    tree.put("goal", Map.of("insertions", 3000));
    tree.put("targeting", Map.of("slots", List.of("pre")));
    return tree;
  }

  private static Map<String, Object> creativeTree() {
    return Map.of(
        "id",
        "acme-short",
        "account",
        "demo",
        "advertiser",
        "acme",
        "language",
        "en",
        "versions",
        List.of(sha(20)));
  }

  private static Creative creative(Map<String, Object> tree) {
    return ((Reading.Good<Creative>) Creative.read(tree, ORIGINALS)).value();
  }

  private static List<String> problems(Map<String, Object> tree, Creative creative) {
    return switch (Campaign.read(tree, List.of(creative), List.of(aShow()))) {
      case Reading.Good<Campaign> _ -> List.of();
      case Reading.Bad<Campaign>(List<Problem> problems) ->
          problems.stream().map(p -> p.toString().replace("campaign acme-autumn: ", "")).toList();
    };
  }

  private static List<String> problems(Map<String, Object> tree) {
    return problems(tree, creative(creativeTree()));
  }

  @Test
  void a_good_campaign_is_read_and_written_and_read_again_as_the_same() {
    Creative creative = creative(creativeTree());
    Reading<Campaign> read = Campaign.read(campaign(), List.of(creative), List.of(aShow()));
    Campaign campaign = ((Reading.Good<Campaign>) read).value();
    assertThat(Campaign.read(campaign.tree(), List.of(creative), List.of(aShow()))).isEqualTo(read);
    assertThat(creative(creative.tree())).isEqualTo(creative);
    assertThat(campaign.nights()).isEqualTo(30);
    assertThat(campaign.nightsBefore(LocalDate.of(2026, 11, 11))).isEqualTo(10);
    assertThat(campaign.runs(LocalDate.of(2026, 11, 30))).isTrue();
    assertThat(campaign.runs(LocalDate.of(2026, 12, 1))).isFalse();
  }

  @Test
  void a_creative_in_the_wrong_language_is_a_problem() {
    assertThat(problems(campaign(), creative(with(creativeTree(), "language", "de"))))
        .containsExactly(
            "creatives[0] = acme-short: is in the language de, which no targeted show speaks");
  }

  @Test
  void a_creative_too_long_for_its_break_is_a_problem() {
    Creative good = creative(creativeTree());
    Creative tooLong =
        new Creative(
            good.id(),
            good.account(),
            good.advertiser(),
            "",
            "en",
            List.of(new Creative.Version(sha(20), 1, java.time.Duration.ofSeconds(45))));
    assertThat(problems(campaign(), tooLong))
        .containsExactly(
            "creatives[0] = acme-short: lasts 0:45: no targeted break is longer than 0:30");
    assertThat(problems(with(campaign(), "targeting", Map.of()), tooLong)).isEmpty();
  }

  @Test
  void overlapping_and_impossible_flights_are_problems() {
    Map<String, Object> tree =
        with(
            campaign(),
            "flights",
            List.of(
                Map.of("from", "2026-11-01", "to", "2026-11-30"),
                Map.of("from", "2026-11-30", "to", "2026-12-05"),
                Map.of("from", "2026-12-24", "to", "2026-12-20"),
                Map.of("from", "2026-02-30", "to", "2027-01-01")));
    assertThat(problems(tree))
        .contains(
            "flights[3].from = 2026-02-30: must be a date such as 2026-11-25",
            "flights[1] = 2026-11-30 to 2026-12-05: must not overlap flights[0] (2026-11-01 to 2026-11-30)",
            "flights[2].to = 2026-12-20: must not lie before the flight's first date (2026-12-24)");
  }

  @Test
  void a_sold_campaign_needs_a_flight() {
    Map<String, Object> tree = with(campaign(), "flights", List.of());
    assertThat(problems(tree))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("flights: must have at least one");
    tree.put("tier", "house");
    tree.remove("goal");
    assertThat(problems(tree)).isEmpty();
  }

  @Test
  void unknown_slots_tiers_shows_and_goals_are_problems() {
    Map<String, Object> tree = with(campaign(), "tier", "gold");
    tree.put("targeting", Map.of("slots", List.of("middle"), "shows", List.of("walk")));
    tree.put("goal", Map.of("impressions", 0));
    assertThat(problems(tree))
        .contains(
            "tier = gold: must be one of sponsor, direct, remnant, house",
            "targeting.slots[0] = middle: must be one of pre, mid, post",
            "targeting.shows[0] = walk: is not a show of this account",
            "goal.impressions = 0: must be a whole number from 1 to 1000000000000");
  }

  @Test
  void a_goal_is_in_one_unit() {
    assertThat(problems(with(campaign(), "goal", Map.of("impressions", 5, "insertions", 7))))
        .containsExactly("goal = impressions 5, insertions 7: must be one of the two");
  }

  @Test
  void a_creative_of_somebody_else_or_of_nobody_is_a_problem() {
    assertThat(problems(with(campaign(), "creatives", List.of("other"))))
        .containsExactly("creatives[0] = other: is not a creative of this account: apply it first");
    assertThat(problems(with(campaign(), "advertiser", "bolt")))
        .containsExactly("creatives[0] = acme-short: belongs to the advertiser acme, not to bolt");
  }
}
