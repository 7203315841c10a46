package io.castloom.ingest.intake;

import io.castloom.domain.media.Original;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what a crash left: an original that was stored gets its job, an upload that was not
 * stored is forgotten. Several may run at once; every step may be repeated.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** Younger ones are still in the hands of the process that received them. */
  private static final Duration IN_HAND = Duration.ofMinutes(2);

  /** No upload takes so long from its record to its original. */
  private static final Duration LOST = Duration.ofHours(2);

  /** For how long a repeated request gets the first one's answer. */
  private static final Duration ANSWERS = Duration.ofDays(1);

  /** For how long the reason why a file was refused can be read. */
  private static final Duration REFUSALS = Duration.ofDays(7);

  private final Intake intake;
  private final ObjectStore store;

  public Reconciler(Intake intake) {
    this.intake = intake;
    this.store = intake.parts().store();
  }

  /**
   * Looks at every upload's record once.
   *
   * @return how many jobs were sent on their way
   * @throws IOException the store failed; the rest is for the next time
   */
  public int runOnce() throws IOException {
    Instant now = intake.parts().clock().instant();
    int settled = 0;
    String after = "";
    boolean more = true;
    while (more) {
      ObjectPage page = store.list("uploads/", after, 1_000);
      for (ObjectInfo object : page.objects()) {
        after = object.key();
        Duration age = Duration.between(object.lastModified(), now);
        if (object.key().endsWith("/" + UploadRecord.FILE)) {
          settled += age.compareTo(IN_HAND) > 0 && settle(object.key(), age) ? 1 : 0;
        } else if (stale(object.key(), age)) {
          store.delete(object.key());
        }
      }
      more = page.more();
    }
    return settled;
  }

  private static boolean stale(String key, Duration age) {
    return (key.endsWith("/body") && age.compareTo(LOST) > 0)
        || (key.endsWith("/answer.json") && age.compareTo(ANSWERS) > 0)
        || (key.endsWith("/refusal.json") && age.compareTo(REFUSALS) > 0);
  }

  private boolean settle(String key, Duration age) throws IOException {
    UploadRecord record;
    try {
      record = Json.read(store, key, UploadRecord.class);
    } catch (NoSuchObjectException e) {
      return false;
    }
    Original original = record.original();
    if (intake.originals().stored(original.account(), original.sha256())) {
      LOG.warn("upload {} was left without its job; sending it on its way", record.upload());
      intake.settle(record);
      return true;
    }
    if (age.compareTo(LOST) > 0) {
      LOG.warn("upload {} never got its bytes stored; forgetting it", record.upload());
      store.delete(key);
    }
    return false;
  }
}
