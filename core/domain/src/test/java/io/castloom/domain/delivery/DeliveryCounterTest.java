package io.castloom.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Counters;
import io.castloom.domain.campaign.Exclusions;
import io.castloom.domain.campaign.Flight;
import io.castloom.domain.campaign.FrequencyCaps;
import io.castloom.domain.campaign.Goal;
import io.castloom.domain.campaign.Targeting;
import io.castloom.domain.campaign.Tier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DeliveryCounterTest {
  private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
  private static final String PLAYER =
      "AppleCoreMedia/1.0.0 (iPhone; U; CPU OS 18_1 like Mac OS X)";
  private static final VersionFacts HOUR =
      new VersionFacts(
          "v1",
          "talk",
          "first",
          60_000_000,
          1_000_000,
          List.of(
              new VersionFacts.AdBytes("acme", 100_000, 600_000),
              new VersionFacts.AdBytes("bolt", 30_000_000, 30_500_000)));
  private static final VersionFacts SHORT =
      new VersionFacts("v2", "talk", "trailer", 300_000, 300_000, List.of());

  private final DeliveryCounter counter =
      new DeliveryCounter(v -> v.equals("v1") ? HOUR : v.equals("v2") ? SHORT : null);

  private void get(Duration after, long from, long to, String listener, String agent) {
    counter.add(new DeliveryRecord(NOON.plus(after), "GET", 206, "v1", from, to, listener, agent));
  }

  private long downloads() {
    return counter.downloads().getOrDefault("talk", Map.of()).getOrDefault("first", 0L);
  }

  @Example
  void a_whole_download_counts_once_with_its_ads() {
    get(Duration.ZERO, 0, 60_000_000, "a", PLAYER);
    get(Duration.ofHours(1), 0, 60_000_000, "a", PLAYER);
    assertThat(downloads()).isEqualTo(1);
    assertThat(counter.impressions())
        .isEqualTo(Map.of("acme", Map.of("talk", 1L), "bolt", Map.of("talk", 1L)));
  }

  @Example
  void ranges_are_folded_and_a_minute_is_needed() {
    get(Duration.ZERO, 0, 2, "a", PLAYER); // what iOS asks first
    get(Duration.ofSeconds(1), 0, 500_000, "a", PLAYER);
    get(Duration.ofSeconds(2), 400_000, 900_000, "a", PLAYER);
    assertThat(downloads()).isZero();
    assertThat(counter.impressions()).isEmpty();
    get(Duration.ofSeconds(3), 900_000, 1_000_000, "a", PLAYER);
    assertThat(downloads()).isEqualTo(1);
    assertThat(counter.impressions()).containsOnlyKeys("acme");
    get(Duration.ofMinutes(30), 29_000_000, 30_499_999, "a", PLAYER);
    assertThat(counter.impressions()).containsOnlyKeys("acme");
    get(Duration.ofMinutes(31), 30_499_999, 31_000_000, "a", PLAYER);
    assertThat(counter.impressions()).containsOnlyKeys("acme", "bolt");
  }

  @Example
  void heads_bots_errors_and_answers_without_a_body_do_not_count() {
    counter.add(new DeliveryRecord(NOON, "HEAD", 200, "v1", 0, 60_000_000, "a", PLAYER));
    counter.add(new DeliveryRecord(NOON, "GET", 304, "v1", 0, 0, "a", PLAYER));
    counter.add(new DeliveryRecord(NOON, "GET", 416, "v1", 0, 60_000_000, "a", PLAYER));
    counter.add(new DeliveryRecord(NOON, "GET", 200, "gone", 0, 60_000_000, "a", PLAYER));
    for (String bot :
        List.of(
            "",
            "Googlebot/2.1",
            "python-requests/2.31",
            "Podcasts/1 watchOS/11",
            "Amazon Music Podcast crawler")) {
      get(Duration.ZERO, 0, 60_000_000, "b", bot);
    }
    assertThat(downloads()).isZero();
    assertThat(counter.ignored()).isEqualTo(9);
  }

  @Example
  void a_listener_is_address_and_agent_for_a_day() {
    get(Duration.ZERO, 0, 2_000_000, "a", PLAYER);
    get(Duration.ZERO, 0, 2_000_000, "b", PLAYER);
    get(Duration.ZERO, 0, 2_000_000, "a", "Overcast/3.0");
    assertThat(downloads()).isEqualTo(3);
    get(Duration.ofHours(23), 0, 2_000_000, "a", PLAYER);
    assertThat(downloads()).isEqualTo(3);
    get(Duration.ofHours(24), 0, 2_000_000, "a", PLAYER);
    assertThat(downloads()).isEqualTo(4);
  }

  @Example
  void a_file_shorter_than_a_minute_counts_when_all_of_it_went_out() {
    counter.add(new DeliveryRecord(NOON, "GET", 200, "v2", 0, 299_999, "a", PLAYER));
    assertThat(counter.downloads()).isEmpty();
    counter.add(new DeliveryRecord(NOON, "GET", 206, "v2", 299_999, 300_000, "a", PLAYER));
    assertThat(counter.downloads()).isEqualTo(Map.of("talk", Map.of("trailer", 1L)));
  }

  @Property(tries = 300)
  void folding_counts_every_byte_once(@ForAll long seed) {
    Random random = new Random(seed);
    ByteSet set = new ByteSet();
    BitSet model = new BitSet();
    for (int i = 0; i < 40; i++) {
      int from = random.nextInt(200);
      int to = from + random.nextInt(30);
      set.add(from, to);
      model.set(from, to);
      int at = random.nextInt(200);
      int end = at + 1 + random.nextInt(20);
      assertThat(set.size()).isEqualTo(model.cardinality());
      assertThat(set.covers(at, end)).isEqualTo(model.nextClearBit(at) >= end);
    }
  }

  @Property(tries = 100)
  void the_order_of_the_ranges_of_a_listener_does_not_matter(@ForAll long seed) {
    Random random = new Random(seed);
    List<long[]> ranges = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      long from = random.nextInt(1_500_000);
      ranges.add(new long[] {from, from + random.nextInt(400_000)});
    }
    DeliveryCounter one = counted(ranges);
    Collections.shuffle(ranges, random);
    DeliveryCounter other = counted(ranges);
    assertThat(other.downloads()).isEqualTo(one.downloads());
    assertThat(other.impressions()).isEqualTo(one.impressions());
  }

  private static DeliveryCounter counted(List<long[]> ranges) {
    DeliveryCounter fresh = new DeliveryCounter(_ -> HOUR);
    for (long[] r : ranges) {
      fresh.add(new DeliveryRecord(NOON, "GET", 206, "v1", r[0], r[1], "a", PLAYER));
    }
    return fresh;
  }

  @Example
  void addresses_are_hashed_with_the_salt_of_the_day_and_ipv6_by_its_network() {
    byte[] monday = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    byte[] tuesday = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    assertThat(ListenerHash.of("192.0.2.7", monday))
        .hasSize(24)
        .isEqualTo(ListenerHash.of("192.0.2.7", monday))
        .isEqualTo(ListenerHash.of("::ffff:192.0.2.7", monday))
        .isNotEqualTo(ListenerHash.of("192.0.2.7", tuesday))
        .isNotEqualTo(ListenerHash.of("192.0.2.8", monday));
    assertThat(ListenerHash.of("2001:db8:1:2:3:4:5:6", monday))
        .isEqualTo(ListenerHash.of("2001:db8:1:2::1", monday))
        .isNotEqualTo(ListenerHash.of("2001:db8:1:3::1", monday));
    assertThatThrownBy(() -> ListenerHash.of("example.org", monday))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void the_report_tells_planned_inserted_and_delivered() {
    Campaign acme =
        new Campaign(
            "acme",
            "demo",
            "acme, \"inc\"",
            Tier.DIRECT,
            List.of("ad"),
            List.of(new Flight(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30))),
            new Goal(Goal.Unit.INSERTIONS, 300),
            Targeting.ALL,
            Exclusions.NONE,
            FrequencyCaps.STANDARD,
            false);
    Campaign house =
        new Campaign(
            "house",
            "demo",
            "us",
            Tier.HOUSE,
            List.of("ad"),
            List.of(),
            null,
            Targeting.ALL,
            Exclusions.NONE,
            FrequencyCaps.STANDARD,
            false);
    Counters counters =
        new Counters(
            Map.of("acme", 91.0),
            Map.of("acme", Map.of("talk", 61L, "walk", 30L), "house", Map.of("talk", 5L)));
    InsertionsReport report =
        InsertionsReport.of(
            List.of(house, acme),
            LocalDate.of(2026, 11, 11),
            counters,
            Map.of("acme", Map.of("talk", 1234L)));
    assertThat(report.csv().split("\r\n", -1))
        .containsExactly(
            "campaign,show,goal,unit,planned,inserted,delivered,pace",
            "acme,,300,insertions,100,91,1234,behind pace by 3.0 %",
            "acme,talk,,,,61,1234,",
            "acme,walk,,,,30,0,",
            "house,,,,,5,0,",
            "house,talk,,,,5,0,",
            "");
    assertThat(report.rows().getFirst().tree())
        .containsEntry("unit", "insertions")
        .containsEntry("planned", 100L);
  }
}
