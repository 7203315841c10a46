package io.castloom.service.announce;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where ingest announces uploads that are still running and the autoscaler reads of them: one empty
 * object for each, {@code announcements/uploads/…}, written anew when its end moves and at least
 * each {@link #RENEWED}, removed at its end. One that is older than {@link #STALE} was left by a
 * process that died, and counts no more.
 */
public final class RunningUploads {
  /** How often an announcement that still holds is written again, to be known as alive. */
  public static final Duration RENEWED = Duration.ofMinutes(5);

  /** Older ones are nobody's. */
  public static final Duration STALE = Duration.ofMinutes(11);

  /** One page: beyond it the soonest thousand say enough. */
  private static final int PAGE = 1_000;

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public RunningUploads(ObjectStore store) {
    this.store = store;
  }

  /** Announces an upload, or says that it still runs; the same again changes nothing else. */
  public void announce(UploadAnnouncement upload) throws IOException {
    store.put(
        upload.key(),
        ObjectData.of(new byte[0], "application/octet-stream"),
        PutCondition.always());
  }

  /** Takes back what was announced. Nothing happens when there is none. */
  public void withdraw(UploadAnnouncement upload) throws IOException {
    store.delete(upload.key());
  }

  /**
   * What running uploads will bring, the soonest first. Costs one LIST.
   *
   * @throws IOException the store failed; the last answer is as good as none then
   */
  public List<Announcement> ahead(Instant now) throws IOException {
    List<Announcement> ahead = new ArrayList<>();
    String past = UploadAnnouncement.PREFIX + String.format("%013d", now.toEpochMilli());
    for (ObjectInfo info : store.list(UploadAnnouncement.PREFIX, past, PAGE).objects()) {
      if (!stale(info, now)) {
        UploadAnnouncement.parse(info.key())
            .filter(upload -> upload.work().at().isAfter(now))
            .ifPresent(upload -> ahead.add(upload.work()));
      }
    }
    return ahead;
  }

  /**
   * Removes what processes left that died. Costs one LIST, and a DELETE for each.
   *
   * @return how many there were
   */
  public int sweep(Instant now) throws IOException {
    List<String> left =
        store.list(UploadAnnouncement.PREFIX, "", PAGE).objects().stream()
            .filter(info -> stale(info, now))
            .map(ObjectInfo::key)
            .toList();
    store.deleteAll(left);
    return left.size();
  }

  private static boolean stale(ObjectInfo info, Instant now) {
    return info.lastModified().plus(STALE).isBefore(now);
  }
}
