package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.show.Show;
import io.castloom.service.catalog.Catalog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

/** The night watch looks often and reads seldom. */
class NightShowsTest {
  private final NightHouse house = new NightHouse(Instant.parse("2026-10-01T12:00:00Z"));
  private final NightShows shows =
      new NightShows(new Catalog(house.store, _ -> StandardProfiles.ALL.keySet()), house.clock);

  @Test
  void a_new_show_is_seen_within_a_minute_and_at_once_when_somebody_asks_for_it()
      throws IOException {
    assertThat(shows.all()).isEmpty();
    new TalkShow(house).month(YearMonth.of(2026, 10));

    house.clock.advance(Duration.ofSeconds(59));
    assertThat(shows.all()).isEmpty();
    house.clock.advance(Duration.ofSeconds(2));
    assertThat(shows.all()).extracting(Show::id).containsExactly("talk");
  }

  @Test
  void an_order_by_hand_reads_them_as_they_are() throws IOException {
    assertThat(shows.all()).isEmpty();
    new TalkShow(house).month(YearMonth.of(2026, 10));

    assertThat(shows.now()).extracting(Show::id).containsExactly("talk");
    assertThat(shows.all()).extracting(Show::id).containsExactly("talk");
  }
}
