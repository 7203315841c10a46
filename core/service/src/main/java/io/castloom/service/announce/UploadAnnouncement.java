package io.castloom.service.announce;

import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a running upload is expected to bring onto the queues. All of it is in the object's key, so
 * that one LIST tells of a thousand uploads, the soonest first.
 *
 * @param upload a name that no other upload has, of {@code [0-9a-z]}
 * @param work what is expected, and when
 */
public record UploadAnnouncement(String upload, Announcement work) {
  static final String PREFIX = "announcements/uploads/";

  public UploadAnnouncement {
    Objects.requireNonNull(work);
    if (!upload.matches("[0-9a-z]{1,64}")) {
      throw new IllegalArgumentException("an upload's name is of [0-9a-z]: " + upload);
    }
    if (work.at().toEpochMilli() < 0 || work.estimate().toMillis() < 1) {
      throw new IllegalArgumentException(work + " is no work to announce");
    }
  }

  /** {@code announcements/uploads/<millis>-<upload>~<lane>~<tasks>~<millis each>~<percent>}. */
  String key() {
    return PREFIX
        + String.format("%013d", work.at().toEpochMilli())
        + "-"
        + upload
        + "~"
        + work.lane()
        + "~"
        + work.tasks()
        + "~"
        + work.estimate().toMillis()
        + "~"
        + Math.round(work.certainty() * 100);
  }

  /** Empty for a key that no version of this class wrote. */
  static Optional<UploadAnnouncement> parse(String key) {
    try {
      String[] parts = key.substring(PREFIX.length()).split("~", -1);
      return Optional.of(
          new UploadAnnouncement(
              parts[0].substring(14),
              new Announcement(
                  Lane.valueOf(parts[1]),
                  Instant.ofEpochMilli(Long.parseLong(parts[0].substring(0, 13))),
                  Integer.parseInt(parts[2]),
                  Duration.ofMillis(Long.parseLong(parts[3])),
                  Integer.parseInt(parts[4]) / 100.0)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
