package io.castloom.domain.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Reading;
import io.castloom.domain.show.PublicationState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NightsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-10T03:00:00Z");

  private static Nights.@Nullable Due due(String now, String drop, String last) {
    return Nights.due(Instant.parse(now), LocalTime.parse(drop), BERLIN, LocalDate.parse(last));
  }

  @Test
  void a_night_is_due_once_from_its_drop_time_on() {
    assertThat(due("2026-11-10T01:59:59Z", "03:00", "2026-11-09")).isNull();
    assertThat(due("2026-11-10T02:00:00Z", "03:00", "2026-11-09"))
        .isEqualTo(new Nights.Due(LocalDate.of(2026, 11, 10), 0));
    assertThat(due("2026-11-10T20:00:00Z", "03:00", "2026-11-10")).isNull();
  }

  @Test
  void of_missed_nights_only_the_last_one_counts() {
    assertThat(due("2026-11-10T20:00:00Z", "03:00", "2026-11-05"))
        .isEqualTo(new Nights.Due(LocalDate.of(2026, 11, 10), 4));
    assertThat(Nights.due(NOW, LocalTime.of(3, 0), BERLIN, null))
        .isEqualTo(new Nights.Due(LocalDate.of(2026, 11, 10), 0));
  }

  @Test
  void every_night_of_a_year_comes_once_in_spite_of_the_clocks() {
    for (String drop : List.of("00:00", "02:30", "03:00", "23:59")) {
      LocalDate last = LocalDate.of(2026, 1, 1);
      Instant now = Nights.begins(last, LocalTime.parse(drop), BERLIN);
      List<LocalDate> run = new ArrayList<>();
      for (int quarter = 0; quarter < 364 * 96; quarter++) {
        now = now.plus(Duration.ofMinutes(15));
        Nights.Due due = Nights.due(now, LocalTime.parse(drop), BERLIN, last);
        if (due != null) {
          assertThat(due.missed()).isZero();
          run.add(due.night());
          last = due.night();
        }
      }
      assertThat(run).doesNotHaveDuplicates().hasSizeBetween(363, 364);
    }
    // 02:30 does not exist on 29 March: the night begins at 03:30 summer time; on 25 October the
    // first 02:30 counts
    assertThat(Nights.begins(LocalDate.of(2026, 3, 29), LocalTime.of(2, 30), BERLIN))
        .isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(Nights.begins(LocalDate.of(2026, 10, 25), LocalTime.of(2, 30), BERLIN))
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
  }

  private static Candidate candidate(String id, int daysOld, double heard) {
    return new Candidate(
        "talk",
        id,
        PublicationState.PUBLISHED,
        NOW.minus(Duration.ofDays(daysOld)),
        heard,
        Map.of("mp3-128", "aa"));
  }

  @Test
  void the_newest_and_then_the_most_heard_come_first() {
    List<Candidate> all =
        new ArrayList<>(
            List.of(
                candidate("new", 1, 5),
                candidate("newer", 0, 1),
                candidate("hit", 400, 900),
                candidate("old", 100, 20),
                candidate("older", 200, 20)));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(all, new Random(i));
      all.sort(Candidate.order(NOW));
      assertThat(all)
          .extracting(Candidate::episode)
          .containsExactly("newer", "new", "hit", "old", "older");
    }
  }

  @Test
  void unchanged_drafts_withdrawn_and_later_episodes_are_left_alone() {
    Candidate known = candidate("a", 3, 1);
    assertThat(known.decide(Map.of("mp3-128", "aa"), NOW))
        .isEqualTo(new Candidate.Decision.Skip("unchanged"));
    assertThat(known.decide(Map.of("mp3-128", "bb", "aac-128", "cc"), NOW))
        .isEqualTo(new Candidate.Decision.Rebuild("changed: aac-128, mp3-128"));
    assertThat(
            new Candidate("talk", "a", PublicationState.PUBLISHED, NOW, 1, Map.of())
                .decide(Map.of("mp3-128", "bb"), NOW))
        .isEqualTo(new Candidate.Decision.Rebuild("first version"));
    assertThat(
            new Candidate("talk", "a", PublicationState.DRAFT, null, 1, Map.of())
                .decide(Map.of("mp3-128", "bb"), NOW))
        .isEqualTo(new Candidate.Decision.Skip("draft"));
    assertThat(
            new Candidate("talk", "a", PublicationState.WITHDRAWN, NOW, 1, Map.of())
                .decide(Map.of(), NOW))
        .isEqualTo(new Candidate.Decision.Skip("withdrawn"));
    assertThat(candidate("a", -3, 1).decide(Map.of(), NOW))
        .isEqualTo(new Candidate.Decision.Skip("appears later than tomorrow"));
  }

  @Test
  void a_report_is_folded_rerun_and_written() {
    NightReport.Line good =
        new NightReport.Line(
            "a",
            NightReport.Outcome.REBUILT,
            "changed: mp3-128",
            59_000_000,
            11_000_000,
            Duration.ofMillis(1500),
            12);
    NightReport.Line bad =
        new NightReport.Line(
            "b", NightReport.Outcome.FAILED, "piece x is missing", 0, 0, Duration.ofMillis(100), 3);
    LocalDate night = LocalDate.of(2026, 11, 10);
    NightReport one = NightReport.empty(night, "talk").with(good).skipping("unchanged");
    NightReport other =
        NightReport.empty(night, "talk").with(bad).skipping("unchanged").skipping("draft");
    NightReport both = one.and(other);
    assertThat(both.failed()).containsExactly("b");
    assertThat(both.skipped()).isEqualTo(Map.of("unchanged", 2L, "draft", 1L));
    assertThat(both.words())
        .isEqualTo(
            "talk on 2026-11-10: 1 rebuilt, 1 failed, 3 left as they were; 59.0 MB made, 11.0 MB through the assembler, 1.6 s");
    assertThat(both.cost(0.005)).isEqualTo(15 / 1000.0 * 0.005);
    assertThat(NightReport.read(both.tree())).isEqualTo(new Reading.Good<>(both));
    NightReport.Line rerun =
        new NightReport.Line(
            "b", NightReport.Outcome.REBUILT, "first version", 1, 1, Duration.ZERO, 1);
    assertThat(both.with(rerun).failed()).isEmpty();
  }
}
