package io.castloom.service.assembly;

import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * How many slots carried each campaign on each night, {@code nightly/insertions/<night>.json} of
 * the private bucket: written when a night is planned for good, the last plan of a night counts.
 */
public final class NightInsertions {
  private static final String PREFIX = "nightly/insertions/";

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public NightInsertions(ObjectStore store) {
    this.store = store;
  }

  /**
   * A night.
   *
   * @param campaigns slots by campaign and show
   */
  record Kept(LocalDate night, Map<String, Map<String, Long>> campaigns) {}

  void keep(LocalDate night, Map<String, Map<String, Long>> campaigns) throws IOException {
    store.put(key(night), Json.data(new Kept(night, campaigns)), PutCondition.always());
  }

  /**
   * The insertions of a campaign by show, over the nights from one to another, both included.
   * Nights that were never planned count nothing.
   */
  public Map<String, Long> of(String campaign, LocalDate from, LocalDate to) throws IOException {
    Map<String, Long> shows = new HashMap<>();
    String after = key(from.minusDays(1));
    ObjectPage page;
    do {
      page = store.list(PREFIX, after, 1000);
      for (ObjectInfo info : page.objects()) {
        after = info.key();
        if (after.compareTo(key(to)) > 0) {
          return shows;
        }
        Json.read(store, after, Kept.class)
            .campaigns()
            .getOrDefault(campaign, Map.of())
            .forEach((show, slots) -> shows.merge(show, slots, Long::sum));
      }
    } while (page.more());
    return shows;
  }

  private static String key(LocalDate night) {
    return PREFIX + night + ".json";
  }
}
