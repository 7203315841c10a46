package io.castloom.service.fleet;

import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the autoscaler's decisions lie, compressed: {@code
 * fleet/decisions/<date>/<millis>-<id>.json.gz}. A bucket lists the oldest first; people want the
 * newest.
 */
public final class DecisionKeys {

  /** The folder. */
  public static final String PREFIX = "fleet/decisions/";

  /** How long decisions are kept. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final Pattern NAME = Pattern.compile("(\\d{13})-(d-\\d+-\\d+)\\.json\\.gz");
  private static final Pattern ID = Pattern.compile("d-\\d{1,19}-(\\d{1,15})");

  /** Of the usual tick; where ticks are longer, more listings are made. */
  private static final Duration APART = Duration.ofSeconds(10);

  private DecisionKeys() {}

  /**
   * A decision that is kept.
   *
   * @param id {@code d-<epoch>-<millis>}
   * @param at when it fell
   */
  public record Entry(String id, Instant at, ObjectInfo object) {}

  /** The folder of a day. */
  public static String folder(Instant at) {
    return PREFIX + LocalDate.ofInstant(at, ZoneOffset.UTC) + "/";
  }

  /** Where a decision lies. */
  public static String key(Instant at, String id) {
    return folder(at) + String.format("%013d-%s.json.gz", at.toEpochMilli(), id);
  }

  /** Where a decision lies, by its id alone; empty for what is none. */
  public static Optional<String> key(String id) {
    return at(id).map(at -> key(at, id));
  }

  /** When a decision fell, by its id; empty for what is none. */
  public static Optional<Instant> at(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** From an instant to another, the first included, the oldest first, at most so many. */
  public static List<Entry> between(ObjectStore store, Instant from, Instant until, int limit)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    LocalDate last = LocalDate.ofInstant(until, ZoneOffset.UTC);
    for (LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
        !day.isAfter(last) && entries.size() < limit;
        day = day.plusDays(1)) {
      String prefix = PREFIX + day + "/";
      String after = prefix + String.format("%013d", from.toEpochMilli());
      String end = prefix + String.format("%013d", until.toEpochMilli());
      boolean more = true;
      while (more && entries.size() < limit) {
        ObjectPage page = store.list(prefix, after, 1_000);
        more = page.more();
        for (ObjectInfo info : page.objects()) {
          after = info.key();
          if (after.compareTo(end) >= 0) {
            more = false;
            break;
          }
          Matcher name = NAME.matcher(after.substring(prefix.length()));
          if (name.matches() && entries.size() < limit) {
            Instant at = Instant.ofEpochMilli(Long.parseLong(name.group(1)));
            entries.add(new Entry(name.group(2), at, info));
          }
        }
      }
    }
    return entries;
  }

  /**
   * The newest first, at most so many.
   *
   * @param from none that is older
   * @param before none that fell then or later
   */
  public static List<Entry> newest(ObjectStore store, Instant from, Instant before, int limit)
      throws IOException {
    List<Entry> newest = new ArrayList<>();
    Duration window = APART.multipliedBy(limit + 1L);
    Instant until = before;
    while (newest.size() < limit && until.isAfter(from)) {
      Instant since = until.minus(window);
      since = since.isBefore(from) ? from : since;
      newest.addAll(between(store, since, until, Integer.MAX_VALUE).reversed());
      until = since;
      window = window.multipliedBy(2); // an autoscaler that stood still left few
    }
    return List.copyOf(newest.subList(0, Math.min(limit, newest.size())));
  }
}
