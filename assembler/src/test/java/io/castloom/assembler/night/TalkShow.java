package io.castloom.assembler.night;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.job.Samples;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.originals.StoredCovers;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A show with three episodes; the ads are of another campaign on odd nights than on even ones. */
final class TalkShow {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final LocalTime DROP = LocalTime.of(2, 30);

  private final NightHouse house;
  private final int bodySeconds;

  TalkShow(NightHouse house) {
    this(house, 20);
  }

  TalkShow(NightHouse house, int bodySeconds) {
    this.house = house;
    this.bodySeconds = bodySeconds;
  }

  void month(YearMonth month) throws IOException {
    show("https://example.org/cover.jpg");
    for (String episode : List.of("one", "two", "three")) {
      episode(episode, month.atDay(1), "published");
    }
    List<Map<String, String>> odd = new ArrayList<>();
    List<Map<String, String>> even = new ArrayList<>();
    for (LocalDate day = month.atDay(1).minusDays(1);
        !day.isAfter(month.atEndOfMonth());
        day = day.plusDays(1)) {
      (day.getDayOfMonth() % 2 == 0 ? even : odd)
          .add(Map.of("from", day.toString(), "to", day.toString()));
    }
    campaign("odd", odd);
    campaign("even", even);
  }

  /** Stores a picture and makes it the show's. */
  void cover(byte[] picture) throws IOException {
    show(stored(picture));
  }

  /** The same for an episode. */
  void cover(String id, LocalDate published, byte[] picture) throws IOException {
    episode(id, published, Map.of("title", id, "state", "published", "cover", stored(picture)));
  }

  private String stored(byte[] picture) throws IOException {
    return new StoredCovers(house.store).keep(Samples.DEMO, picture).hex();
  }

  private void show(String cover) throws IOException {
    house.apply(
        new DocumentKey.OfShow("talk"),
        Map.ofEntries(
            Map.entry("title", "Talk"),
            Map.entry("language", "en"),
            Map.entry("description", "People who talk."),
            Map.entry("author", "Ann Author"),
            Map.entry("cover", cover),
            Map.entry("categories", List.of("Technology")),
            Map.entry("formats", List.of("mp3-128")),
            Map.entry("dropTime", DROP.toString()),
            Map.entry("zone", BERLIN.getId()),
            Map.entry("feed", Map.of("pageSize", 10)),
            Map.entry("breaks", Map.of("pre", Map.of("slots", 1, "maxSeconds", 30)))));
  }

  private void campaign(String id, List<Map<String, String>> flights) throws IOException {
    for (String creative : List.of(id + "-1", id + "-2", id + "-3")) {
      String ad = house.recording(creative, Segment.Kind.AD, 10);
      house.apply(
          new DocumentKey.OfCreative(creative),
          Map.of("advertiser", id, "language", "en", "versions", List.of(Map.of("original", ad))));
    }
    house.apply(
        new DocumentKey.OfCampaign(id),
        Map.of(
            "advertiser",
            id,
            "tier",
            "house",
            "creatives",
            List.of(id + "-1", id + "-2", id + "-3"),
            "flights",
            flights));
  }

  void episode(String id, LocalDate published, String state) throws IOException {
    episode(id, id, published, state);
  }

  void titled(String id, LocalDate published, String title) throws IOException {
    episode(id, title, published, "published");
  }

  private void episode(String id, String title, LocalDate published, String state)
      throws IOException {
    episode(id, published, Map.of("title", title, "state", state));
  }

  private void episode(String id, LocalDate published, Map<String, String> more)
      throws IOException {
    String body = house.recording("body-" + id, Segment.Kind.BODY, bodySeconds);
    Map<String, Object> document = new HashMap<>(more);
    document.put("bodies", List.of(body));
    document.put("publishedAt", published.atStartOfDay(BERLIN).toInstant().toString());
    house.apply(new DocumentKey.OfEpisode("talk", id), document);
  }
}
