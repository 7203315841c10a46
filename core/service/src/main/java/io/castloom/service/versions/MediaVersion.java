package io.castloom.service.versions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/**
 * One immutable file of an episode in the public bucket.
 *
 * @param id what its key ends in: 16 digits made from the fingerprint and the cover
 * @param format the profile's name
 * @param key {@code media/<show>/<episode>/<id>.<ext>} in the public bucket
 * @param duration how long it sounds, exactly
 * @param fingerprint of everything that it was made from; the same fingerprint is the same file
 * @param night the night whose ads it carries
 * @param copiedBytes bytes that the store copied itself
 * @param ownBytes bytes that passed through the assembler
 */
public record MediaVersion(
    String id,
    String format,
    String key,
    String mediaType,
    long sizeBytes,
    Duration duration,
    String fingerprint,
    LocalDate night,
    Instant createdAt,
    long copiedBytes,
    long ownBytes) {

  public MediaVersion {
    Objects.requireNonNull(id);
    Objects.requireNonNull(format);
    Objects.requireNonNull(key);
    Objects.requireNonNull(mediaType);
    Objects.requireNonNull(duration);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(night);
    Objects.requireNonNull(createdAt);
    if (sizeBytes < 1) {
      throw new IllegalArgumentException("a media version has bytes: " + key);
    }
  }

  /** The file's extension, without the dot. */
  public String extension() {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
