package io.castloom.service.deliveries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.domain.ManualClock;
import io.castloom.domain.delivery.VersionFacts;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeardCountTest {
  private static final String VERSION = "media/talk/one/1.mp3";
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final HeardCount count = new HeardCount(store);
  private int files;

  @BeforeEach
  void a_version_with_an_ad() throws IOException {
    new StoredVersions(store)
        .keepFacts(
            new VersionFacts(
                VERSION,
                "talk",
                "one",
                10_000,
                2_000,
                List.of(new VersionFacts.AdBytes("spring", 5_000, 6_000))));
  }

  private void heard(String at, String... listeners) throws IOException {
    String lines =
        Stream.of(listeners)
            .map(
                who ->
                    Json.write(
                        new DeliveryLine(
                            Instant.parse(at),
                            "talk",
                            "one",
                            VERSION,
                            0,
                            10_000,
                            200,
                            "GET",
                            who,
                            "Player")))
            .collect(Collectors.joining("\n"));
    store.put(
        "deliveries/%s/%s/node-%06d.jsonl"
            .formatted(at.substring(0, 10), at.substring(11, 13), files++),
        ObjectData.of(lines.getBytes(UTF_8), "application/jsonl"),
        PutCondition.ifAbsent());
  }

  private static Instant morning(LocalDate day) {
    return Instant.parse(day + "T02:00:00Z");
  }

  @Test
  void days_that_are_over_are_counted_once_whoever_counts() throws IOException {
    heard("2026-03-02T10:00:00Z", "ann", "bob");
    heard("2026-03-03T01:00:00Z", "cleo");

    assertThat(count.count(morning(MONDAY.plusDays(1))).impressions()).containsEntry("spring", 2.0);
    Heard again = new HeardCount(store).count(morning(MONDAY.plusDays(1)));
    assertThat(again.impressions()).containsEntry("spring", 2.0);
    assertThat(again.through()).isEqualTo(MONDAY);

    Heard next = count.count(morning(MONDAY.plusDays(2)));
    assertThat(next.impressions()).containsEntry("spring", 3.0);
    assertThat(next).isEqualTo(count.read());
  }

  @Test
  void a_listener_who_goes_on_after_midnight_counts_once() throws IOException {
    heard("2026-03-02T23:50:00Z", "ann");
    heard("2026-03-03T00:10:00Z", "ann");

    assertThat(count.count(morning(MONDAY.plusDays(3))).impressions()).containsEntry("spring", 1.0);
  }

  @Test
  void lines_that_may_still_wait_on_a_node_are_left_for_the_next_night() throws IOException {
    heard("2026-03-02T23:59:00Z", "ann");

    assertThat(count.count(Instant.parse("2026-03-03T00:05:00Z")).through()).isNull();
  }

  @Test
  void what_is_heard_a_day_follows_the_last_days() throws IOException {
    heard("2026-03-02T10:00:00Z", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    assertThat(count.count(morning(MONDAY.plusDays(1))).perDay("talk", "one", null)).isEqualTo(10);

    Heard later = count.count(morning(MONDAY.plusDays(3)));
    assertThat(later.perDay("talk", "one", null)).isCloseTo(4.9, within(1e-9));
    assertThat(later.perDay("talk", "new", null)).isEqualTo(1);
  }

  @Test
  void what_could_be_heard_and_never_was_stands_behind_what_is_heard_seldom() throws IOException {
    heard("2026-03-02T10:00:00Z", "a");
    Heard later = count.count(morning(MONDAY.plusDays(4)));
    double seldom = later.perDay("talk", "one", Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(seldom).isLessThan(0.5);
    assertThat(later.perDay("talk", "never", Instant.parse("2020-01-01T00:00:00Z")))
        .isLessThan(seldom);
    // published after the last day that is counted: nobody has had a chance
    assertThat(later.perDay("talk", "today", morning(MONDAY.plusDays(4)))).isEqualTo(1);
    assertThat(Heard.NOTHING.perDay("talk", "old", Instant.EPOCH)).isEqualTo(1);
  }

  @Test
  void salts_are_no_days() throws IOException {
    store.put(
        "deliveries/salts/2026-03-02",
        ObjectData.of(new byte[16], "text/plain"),
        PutCondition.always());

    assertThat(count.count(morning(MONDAY.plusDays(1)))).isEqualTo(Heard.NOTHING);
  }
}
