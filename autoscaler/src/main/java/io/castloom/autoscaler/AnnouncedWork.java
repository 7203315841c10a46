package io.castloom.autoscaler;

import io.castloom.domain.scaling.Announcement;
import io.castloom.service.announce.Announcements;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that others announced, read about once a minute; what cannot be read stays as it was last
 * known. One thread uses it.
 */
final class AnnouncedWork implements Supplier<List<Announcement>> {

  private static final Logger LOG = LoggerFactory.getLogger(AnnouncedWork.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Announcements announcements;
  private final InstantSource clock;
  private List<Announcement> known = List.of();
  private Instant readAt = Instant.EPOCH;

  AnnouncedWork(Announcements announcements, InstantSource clock) {
    this.announcements = announcements;
    this.clock = clock;
  }

  @Override
  public List<Announcement> get() {
    Instant now = clock.instant();
    if (now.isAfter(readAt.plus(EVERY))) {
      try {
        known = announcements.ahead(now);
        readAt = now;
      } catch (IOException e) {
        LOG.warn("announced work cannot be read: {}", e.toString());
      }
    }
    return known.stream().filter(work -> work.at().isAfter(now)).toList();
  }
}
