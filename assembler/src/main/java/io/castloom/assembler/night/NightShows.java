package io.castloom.assembler.night;

import io.castloom.domain.show.Show;
import io.castloom.service.catalog.Catalog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The shows that keep the rules, as the night watch looks at them every few seconds. They are read
 * once a minute: a thousand shows cost three thousand calls, and a night may begin a minute late.
 */
public final class NightShows {
  static final Duration KEPT = Duration.ofMinutes(1);

  private final Catalog catalog;
  private final InstantSource clock;
  private List<Show> shows = List.of();
  private Instant read = Instant.MIN;

  public NightShows(Catalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /** All of them, as they were at most a minute ago. */
  synchronized List<Show> all() throws IOException {
    return read.isBefore(clock.instant().minus(KEPT)) ? now() : shows;
  }

  /** All of them, as they are. */
  synchronized List<Show> now() throws IOException {
    Instant at = clock.instant();
    shows = List.copyOf(catalog.goodShows());
    read = at;
    return shows;
  }
}
