package io.castloom.service.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.ManualClock;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.WorkClass;
import io.castloom.domain.scaling.WorkKind;
import io.castloom.domain.store.MemoryObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 11, 26);
  private static final Instant EVENING = Instant.parse("2026-11-25T23:30:00Z");
  private static final Instant DROP = Instant.parse("2026-11-26T01:00:00Z");

  private final Announcements announcements =
      new Announcements(new MemoryObjectStore("private", new ManualClock(EVENING)));

  private static NightAnnouncement night(int tasks) {
    return new NightAnnouncement(
        NIGHT,
        EVENING,
        List.of(new NightAnnouncement.Work("talk", "assembly-bulk", DROP, tasks, 3.0 * tasks)));
  }

  @Test
  void a_night_is_announced_once_and_counts_until_it_begins() throws IOException {
    assertThat(announcements.has(NIGHT)).isFalse();
    assertThat(announcements.announce(night(100))).isTrue();
    assertThat(announcements.announce(night(7))).isFalse();
    assertThat(announcements.has(NIGHT)).isTrue();

    assertThat(announcements.ahead(EVENING))
        .containsExactly(
            new Announcement(
                new Lane(WorkKind.ASSEMBLY, WorkClass.BULK),
                DROP,
                100,
                Duration.ofSeconds(3),
                0.9));
    assertThat(announcements.ahead(DROP)).isEmpty();
    assertThat(announcements.ahead(DROP.plus(Duration.ofDays(30)))).isEmpty();
  }
}
