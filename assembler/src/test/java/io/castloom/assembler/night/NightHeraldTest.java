package io.castloom.assembler.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.service.announce.Announcements;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class NightHeraldTest {
  private final NightOffice office;

  NightHeraldTest() throws IOException {
    office = new NightOffice();
  }

  @Test
  void a_night_is_announced_an_hour_before_it_begins() throws IOException {
    NightHerald herald =
        new NightHerald(
            office.store, new NightShows(office.catalog, office.clock), office.planner());
    Announcements announcements = new Announcements(office.store);
    herald.tick(office.clock.instant());
    assertThat(announcements.ahead(office.clock.instant())).isEmpty();

    office.clock.set(Instant.parse("2026-11-26T02:10:00Z")); // 03:00 is UTC in this show
    herald.tick(office.clock.instant());
    herald.tick(office.clock.instant());

    assertThat(announcements.ahead(office.clock.instant()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.lane()).hasToString("assembly-bulk");
              assertThat(one.tasks()).isEqualTo(1);
              assertThat(one.at()).isEqualTo(Instant.parse("2026-11-26T03:00:00Z"));
            });
  }
}
