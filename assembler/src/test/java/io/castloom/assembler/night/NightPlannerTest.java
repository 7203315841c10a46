package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.campaign.Placement;
import io.castloom.domain.nightly.Candidate;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.catalog.DocumentKey;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A night is planned from slots; its episodes are read again when it is their turn. */
class NightPlannerTest {
  private static final YearMonth MONTH = YearMonth.of(2026, 10);
  private static final LocalDate NIGHT = MONTH.atDay(2);

  private final NightHouse house =
      new NightHouse(MONTH.atDay(1).atTime(12, 0).atZone(TalkShow.BERLIN).toInstant());
  private final NightPlanner planner = house.planner();
  private NightPlanner.Night night;

  @BeforeEach
  void a_planned_night() throws Exception {
    new TalkShow(house).month(MONTH);
    night = planner.plan(NIGHT, house.clock.instant());
  }

  @Test
  void each_episode_gets_its_ads_when_its_show_is_read_again() throws Exception {
    assertThat(night.shows()).containsExactly("talk");
    assertThat(planner.verdicts(night, "talk"))
        .extracting(verdict -> verdict.order().episode())
        .containsExactlyInAnyOrder("one", "two", "three");
    assertThat(planner.verdicts(night, "talk"))
        .flatExtracting(verdict -> verdict.arrangements().values())
        .extracting(arrangement -> arrangement.placements().get("pre"))
        .extracting(Placement::campaign)
        .containsExactly("even", "even", "even");
  }

  @Test
  void who_asks_for_one_episode_is_told_why_it_holds_what_it_holds() throws Exception {
    house.desk("a", house.store).tick();
    house.work();
    LocalDate today = MONTH.atDay(1);

    assertThat(planner.plan("talk", "one", today, house.clock.instant()))
        .hasValueSatisfying(
            verdict -> {
              assertThat(verdict.decision()).isEqualTo(new Candidate.Decision.Skip("unchanged"));
              assertThat(verdict.order().why())
                  .singleElement()
                  .asString()
                  .startsWith("slot pre: odd chosen (house")
                  .contains("as last night");
            });
  }

  @Test
  void an_episode_that_comes_after_the_planning_waits_for_the_next() throws Exception {
    new TalkShow(house).episode("four", MONTH.atDay(1), "published");

    assertThat(planner.verdicts(night, "talk"))
        .extracting(verdict -> verdict.order().episode())
        .containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void what_nobody_can_hear_yet_takes_no_ads_and_counts_for_no_campaign() throws Exception {
    TalkShow talk = new TalkShow(house);
    talk.episode("sketch", MONTH.atDay(1), "draft");
    talk.episode("christmas", MONTH.atDay(1).plusMonths(2), "published");

    night = planner.plan(NIGHT, house.clock.instant());

    assertThat(night.ads().has("talk", "one")).isTrue();
    assertThat(night.ads().has("talk", "sketch")).isFalse();
    assertThat(night.ads().has("talk", "christmas")).isFalse();
    assertThat(planner.verdicts(night, "talk"))
        .extracting(verdict -> verdict.decision())
        .contains(
            new Candidate.Decision.Skip("draft"),
            new Candidate.Decision.Skip("appears later than tomorrow"));
    assertThat(planner.plan("talk", "sketch", NIGHT, house.clock.instant()))
        .hasValueSatisfying(v -> assertThat(v.order().slots()).isNotEmpty());
  }

  @Test
  void what_was_taken_back_after_the_planning_is_not_assembled() throws Exception {
    new TalkShow(house).episode("two", MONTH.atDay(1), "withdrawn");
    planner.book("talk"); // somebody has read it since

    assertThat(planner.verdicts(night, "talk"))
        .extracting(verdict -> verdict.order().episode())
        .containsExactlyInAnyOrder("one", "three");
  }

  @Test
  void a_show_that_is_gone_or_was_never_planned_has_nothing() throws Exception {
    assertThat(planner.verdicts(night, "other")).isEmpty();
    for (String episode : List.of("one", "two", "three")) {
      house.delete(new DocumentKey.OfEpisode("talk", episode));
    }
    house.delete(new DocumentKey.OfShow("talk"));

    assertThat(planner.verdicts(night, "talk")).isEmpty();
    assertThat(planner.plan(NIGHT, house.clock.instant()).shows()).isEmpty();
  }
}
