package io.castloom.service.announce;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where assemblers announce a night and the autoscaler reads of it: {@code
 * announcements/nightly/<night>.json} of the private bucket, created by one assembler and never
 * changed.
 */
public final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final String PREFIX = "announcements/nightly/";

  /** An episode may turn out not to need a new version; mostly it does. */
  private static final double CERTAINTY = 0.9;

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public Announcements(ObjectStore store) {
    this.store = store;
  }

  /** Whether a night was announced. */
  public boolean has(LocalDate night) throws IOException {
    return store.head(key(night)).isPresent();
  }

  /** Announces a night; false when another did already, and its announcement stands. */
  public boolean announce(NightAnnouncement announcement) throws IOException {
    return store
        .put(key(announcement.night()), Json.data(announcement), PutCondition.ifAbsent())
        .stored();
  }

  /**
   * What was announced and is not due yet, for the planner of the fleet. Costs a LIST and a GET for
   * each night ahead, so ask about once a minute.
   *
   * @throws IOException the store failed; the last answer is as good as none then
   */
  public List<Announcement> ahead(Instant now) throws IOException {
    // no zone is further from UTC than a day: older nights are over everywhere
    LocalDate over = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(2);
    List<Announcement> ahead = new ArrayList<>();
    for (ObjectInfo info : store.list(PREFIX, key(over), 1000).objects()) {
      for (NightAnnouncement.Work work : read(info.key())) {
        if (work.at().isAfter(now)) {
          ahead.add(
              new Announcement(
                  Lane.valueOf(work.lane()),
                  work.at(),
                  work.tasks(),
                  Duration.ofMillis(Math.max(1, Math.round(work.seconds() * 1000 / work.tasks()))),
                  CERTAINTY));
        }
      }
    }
    return ahead;
  }

  private List<NightAnnouncement.Work> read(String key) throws IOException {
    try {
      return Json.read(store, key, NightAnnouncement.class).work();
    } catch (NoSuchObjectException e) {
      return List.of(); // removed since it was listed
    } catch (UnreadableDocumentException e) {
      LOG.warn("{}; the night's work counts from when it comes", e.getMessage());
      return List.of(); // the other nights still count
    }
  }

  private static String key(LocalDate night) {
    return PREFIX + night + ".json";
  }
}
