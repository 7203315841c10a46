package io.castloom.assembler.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.campaign.Placement;
import io.castloom.domain.delivery.VersionFacts;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A month of nights, half an hour at a time, by two assemblers that race, on buckets in memory: all
 * ads change every night, and every morning the versions and the feed are checked byte by byte.
 */
class SimulatedMonthTest {
  private static final ZoneId BERLIN = TalkShow.BERLIN;
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final Duration GRACE = Duration.ofDays(3);

  /** Nobody is there on these days of the month. */
  private static final Set<Integer> DOWN = Set.of(10, 11, 12);

  /** The night of the 12th is made up for at midnight: it is the last one then. */
  private static final Set<Integer> MISSED = Set.of(10, 11);

  /** From this day on an assembler dies every night, one write later each time. */
  private static final int DEATHS_FROM = 14;

  private final Set<String> episodes = new HashSet<>(List.of("one", "two", "three"));

  @Test
  void october_in_which_half_past_two_comes_twice() throws Exception {
    NightHouse house = month(YearMonth.of(2026, 10));
    assertThat(house.run(LocalDate.of(2026, 10, 25), "talk").orElseThrow().startedAt())
        .isBetween(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:15:00Z"));
    assertThat(house.run(LocalDate.of(2026, 10, 26), "talk").orElseThrow().startedAt())
        .isBetween(Instant.parse("2026-10-26T01:30:00Z"), Instant.parse("2026-10-26T02:15:00Z"));
  }

  @Test
  void march_in_which_half_past_two_is_left_out() throws Exception {
    NightHouse house = month(YearMonth.of(2026, 3));
    assertThat(house.run(LocalDate.of(2026, 3, 29), "talk").orElseThrow().startedAt())
        .isBetween(Instant.parse("2026-03-29T01:30:00Z"), Instant.parse("2026-03-29T02:15:00Z"));
    assertThat(house.run(LocalDate.of(2026, 3, 30), "talk").orElseThrow().startedAt())
        .isBetween(Instant.parse("2026-03-30T00:30:00Z"), Instant.parse("2026-03-30T01:15:00Z"));
  }

  private NightHouse month(YearMonth month) throws Exception {
    NightHouse house = new NightHouse(month.atDay(1).atTime(12, 0).atZone(BERLIN).toInstant());
    new TalkShow(house).month(month);
    NightDesk a = house.desk("a", house.store);
    NightDesk b = house.desk("b", house.store);
    VersionSweeper sweeper = house.sweeper(GRACE);
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      tick(both, a, b);
      house.work();
      tick(both, a, b); // the night that began before there was anything
      Instant end = month.atEndOfMonth().atTime(23, 0).atZone(BERLIN).toInstant();
      while (house.clock.instant().isBefore(end)) {
        house.clock.advance(STEP);
        LocalDate today = LocalDate.ofInstant(house.clock.instant(), BERLIN);
        LocalTime time = LocalTime.ofInstant(house.clock.instant(), BERLIN);
        if (DOWN.contains(today.getDayOfMonth())) {
          continue;
        }
        if (today.getDayOfMonth() >= DEATHS_FROM && house.run(today, "talk").isEmpty()) {
          die(house, today.getDayOfMonth() - DEATHS_FROM + 1);
        }
        tick(both, a, b);
        house.work();
        tick(both, a, b);
        if (time.equals(LocalTime.of(6, 0))) {
          sweeper.sweep(house.clock.instant());
          check(house, today);
        }
        if (time.equals(LocalTime.NOON)) {
          edit(house, today);
        }
      }
    }
    for (LocalDate day = month.atDay(2);
        !day.isAfter(month.atEndOfMonth());
        day = day.plusDays(1)) {
      assertThat(house.run(day, "talk").isPresent())
          .as("a run of %s", day)
          .isEqualTo(!MISSED.contains(day.getDayOfMonth()));
    }
    return house;
  }

  /** A third assembler comes first, at the night's first step, and is killed after some writes. */
  private static void die(NightHouse house, int writes) {
    try {
      house.desk("mortal", new MortalStore(house.store, new AtomicInteger(writes))).tick();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("killed");
    }
  }

  private static void tick(ExecutorService both, NightDesk a, NightDesk b) throws Exception {
    List<Future<?>> ticks = new ArrayList<>();
    for (NightDesk desk : List.of(a, b)) {
      ticks.add(
          both.submit(
              () -> {
                desk.tick();
                return null;
              }));
    }
    for (Future<?> tick : ticks) {
      tick.get();
    }
  }

  /** An episode comes on the 5th and one goes on the 20th. */
  private void edit(NightHouse house, LocalDate day) throws IOException {
    if (day.getDayOfMonth() == 5) {
      new TalkShow(house).episode("four", day, "published");
      episodes.add("four");
    }
    if (day.getDayOfMonth() == 20) {
      new TalkShow(house).episode("two", day.withDayOfMonth(1), "withdrawn");
      episodes.remove("two");
    }
  }

  private void check(NightHouse house, LocalDate night) throws IOException {
    NightRun run = house.run(night, "talk").orElseThrow();
    assertThat(run.state()).as("night %s", night).isEqualTo(NightRun.State.FINISHED);
    assertThat(run.report().count(NightReport.Outcome.FAILED)).as(run.toString()).isZero();
    // what a killed run had ordered was made in the meantime, and then counts as unchanged
    long unchanged = run.report().skipped().getOrDefault("unchanged", 0L);
    assertThat(run.report().lines())
        .hasSize(episodes.size() - (int) unchanged)
        .extracting(NightReport.Line::episode)
        .isSubsetOf(episodes);
    assertThat(night.getDayOfMonth() < DEATHS_FROM && unchanged > 0).isFalse();
    String feed = text(house, "feeds/talk.xml");
    Set<String> kept = new HashSet<>();
    for (String episode : List.of("one", "two", "three", "four")) {
      EpisodeMedia media = house.versions.find("talk", episode);
      media.earlier().forEach(old -> kept.add(old.version().key()));
      String address = "media/talk/" + episode + ".mp3";
      if (!episodes.contains(episode)) {
        assertThat(media.current()).isEmpty();
        assertThat(feed).doesNotContain(address);
        continue;
      }
      MediaVersion version = media.current().values().iterator().next();
      kept.add(version.key());
      assertThat(version.night()).isEqualTo(night);
      assertThat(media.placements().get("pre"))
          .as("ads of %s on %s: %s", episode, night, media.placements())
          .extracting(Placement::campaign)
          .isEqualTo(night.getDayOfMonth() % 2 == 0 ? "even" : "odd");
      assertThat(house.files.head(version.key()).orElseThrow().sizeBytes())
          .isEqualTo(version.sizeBytes());
      assertThat(feed)
          .contains("length=\"%d\"".formatted(version.sizeBytes()))
          .contains("https://example.org/" + address);
    }
    assertThat(house.files.list("media/", "", 1000).objects())
        .as("what lies there is current or within its grace")
        .extracting(ObjectInfo::key)
        .containsExactlyInAnyOrderElementsOf(kept);
    assertThat(kept.size()).isLessThanOrEqualTo(4 * 5);
  }

  private static String text(NightHouse house, String key) throws IOException {
    try (ObjectContent content = house.files.get(key, null)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    } catch (NoSuchObjectException e) {
      return "";
    }
  }

  @Test
  void a_goal_in_impressions_goes_on_from_what_was_delivered() throws Exception {
    NightHouse house = new NightHouse(Instant.parse("2026-03-05T12:00:00Z"));
    new TalkShow(house).month(YearMonth.of(2026, 3));
    String ad = house.recording("sold", Segment.Kind.AD, 10);
    house.apply(
        new DocumentKey.OfCreative("sold"),
        Map.of(
            "advertiser", "sold", "language", "en", "versions", List.of(Map.of("original", ad))));
    house.apply(
        new DocumentKey.OfCampaign("sold"),
        Map.of(
            "advertiser", "sold",
            "tier", "direct",
            "creatives", List.of("sold"),
            "flights", List.of(Map.of("from", "2026-03-01", "to", "2026-03-10")),
            "goal", Map.of("impressions", 100)));
    house.versions.keepFacts(
        new VersionFacts(
            "media/talk/one/v.mp3",
            "talk",
            "one",
            1_000,
            500,
            List.of(new VersionFacts.AdBytes("sold", 0, 100))));
    StringBuilder lines = new StringBuilder();
    for (int listener = 0; listener < 40; listener++) {
      lines
          .append("{\"at\":\"2026-03-04T09:00:00Z\",\"show\":\"talk\",\"episode\":\"one\",")
          .append("\"version\":\"media/talk/one/v.mp3\",\"from\":0,\"to\":1000,\"status\":200,")
          .append("\"method\":\"GET\",\"listener\":\"l")
          .append(listener)
          .append("\",\"agent\":\"Player\"}\n");
    }
    house.store.put(
        "deliveries/2026-03-04/09/n-000001.jsonl",
        ObjectData.of(lines.toString().getBytes(UTF_8), "application/jsonl"),
        PutCondition.ifAbsent());

    house.desk("a", house.store).tick();

    LocalDate tomorrow = LocalDate.of(2026, 3, 6);
    assertThat(house.planner().plan(tomorrow, house.clock.instant()).before().done("sold"))
        .isEqualTo(40);
  }
}
