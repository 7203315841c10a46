package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.campaign.Placement;
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
  void an_episode_that_comes_after_the_planning_waits_for_the_next() throws Exception {
    new TalkShow(house).episode("four", MONTH.atDay(1), "published");

    assertThat(planner.verdicts(night, "talk"))
        .extracting(verdict -> verdict.order().episode())
        .containsExactlyInAnyOrder("one", "two", "three");
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
