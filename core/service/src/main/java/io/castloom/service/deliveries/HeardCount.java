package io.castloom.service.deliveries;

import io.castloom.domain.delivery.DeliveryCounter;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the delivery log day by day, each day once however many count: the counts of a day and the
 * day itself are written together, by compare-and-swap. A day is counted with the day before it in
 * view, so that a listener who goes on after midnight counts once, if the log calls him the same:
 * the addresses of real deliveries are hashed with another salt each day (UTC) and count anew.
 */
public final class HeardCount {
  private static final Logger LOG = LoggerFactory.getLogger(HeardCount.class);
  private static final String KEY = "nightly/heard.json";

  /** Nodes keep lines in memory for a minute or so. */
  private static final Duration LATE_LINES = Duration.ofMinutes(10);

  private final DeliveryReader log;
  private final StoredVersions versions;
  private final Documents<Heard> documents;

  /**
   * @param store the private bucket
   */
  public HeardCount(ObjectStore store) {
    this.log = new DeliveryReader(store);
    this.versions = new StoredVersions(store);
    this.documents = new Documents<>(store, Heard.class);
  }

  /** What is counted so far. */
  public Heard read() throws IOException {
    return documents.find(KEY).map(Documents.Versioned::value).orElse(Heard.NOTHING);
  }

  /** Counts all days that are over and not counted yet; gives what is counted then. */
  public Heard count(Instant now) throws IOException {
    LocalDate today = LocalDate.ofInstant(now.minus(LATE_LINES), ZoneOffset.UTC);
    Heard heard = read();
    LocalDate through = heard.through();
    Optional<LocalDate> next = through == null ? log.first() : Optional.of(through.plusDays(1));
    while (next.isPresent() && next.get().isBefore(today)) {
      heard = count(next.get());
      next = Optional.of(Objects.requireNonNull(heard.through()).plusDays(1));
    }
    return heard;
  }

  private Heard count(LocalDate day) throws IOException {
    DaysCounted days = new DaysCounted(log, versions);
    days.add(day.minusDays(1));
    DeliveryCounter counter = days.counts();
    Map<String, Long> adsBefore = sums(counter.impressions());
    Map<String, Long> downloadsBefore = flat(counter.downloads());
    days.add(day);
    Map<String, Long> ads = difference(sums(counter.impressions()), adsBefore);
    Map<String, Long> downloads = difference(flat(counter.downloads()), downloadsBefore);
    Heard after =
        documents.update(
            KEY,
            stored -> {
              Heard before = Objects.requireNonNullElse(stored, Heard.NOTHING);
              LocalDate through = before.through();
              return through == null || through.isBefore(day)
                  ? before.with(day, ads, downloads)
                  : before; // another assembler has counted it
            });
    LOG.info(
        "deliveries of {} counted: {} campaigns, {} episodes", day, ads.size(), downloads.size());
    return after;
  }

  private static Map<String, Long> sums(Map<String, Map<String, Long>> byCampaignAndShow) {
    Map<String, Long> sums = new HashMap<>();
    byCampaignAndShow.forEach(
        (campaign, shows) ->
            sums.put(campaign, shows.values().stream().mapToLong(Long::longValue).sum()));
    return sums;
  }

  private static Map<String, Long> flat(Map<String, Map<String, Long>> byShowAndEpisode) {
    Map<String, Long> flat = new HashMap<>();
    byShowAndEpisode.forEach(
        (show, episodes) ->
            episodes.forEach((episode, count) -> flat.put(show + "/" + episode, count)));
    return flat;
  }

  private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
    Map<String, Long> difference = new HashMap<>();
    after.forEach(
        (key, count) -> {
          long more = count - before.getOrDefault(key, 0L);
          if (more > 0) {
            difference.put(key, more);
          }
        });
    return difference;
  }
}
