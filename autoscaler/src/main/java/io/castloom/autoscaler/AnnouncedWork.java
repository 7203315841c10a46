package io.castloom.autoscaler;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.announce.Announcements;
import io.castloom.service.announce.RunningUploads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that others announced: nights, read about once a minute, and running uploads, which last
 * minutes, about three times a minute. What cannot be read stays as it was last known. One thread
 * uses it.
 */
final class AnnouncedWork implements Supplier<List<Announcement>> {

  private static final Logger LOG = LoggerFactory.getLogger(AnnouncedWork.class);
  private static final Duration NIGHTS_EVERY = Duration.ofMinutes(1);
  private static final Duration UPLOADS_EVERY = Duration.ofSeconds(20);

  private final Source nights;
  private final Source uploads;
  private final InstantSource clock;

  /**
   * @param store the private bucket
   */
  AnnouncedWork(ObjectStore store, InstantSource clock) {
    this.nights = new Source("nights", NIGHTS_EVERY, new Announcements(store)::ahead);
    this.uploads = new Source("uploads", UPLOADS_EVERY, new RunningUploads(store)::ahead);
    this.clock = clock;
  }

  @Override
  public List<Announcement> get() {
    Instant now = clock.instant();
    return Stream.concat(nights.known(now).stream(), uploads.known(now).stream())
        .filter(work -> work.at().isAfter(now))
        .toList();
  }

  private interface Reading {
    List<Announcement> at(Instant now) throws IOException;
  }

  private static final class Source {
    private final String what;
    private final Duration every;
    private final Reading reading;
    private List<Announcement> known = List.of();
    private Instant readAt = Instant.EPOCH;

    Source(String what, Duration every, Reading reading) {
      this.what = what;
      this.every = every;
      this.reading = reading;
    }

    List<Announcement> known(Instant now) {
      if (!now.isBefore(readAt.plus(every))) {
        try {
          known = reading.at(now);
          readAt = now;
        } catch (IOException e) {
          LOG.warn("announced {} cannot be read: {}", what, e.toString());
        }
      }
      return known;
    }
  }
}
