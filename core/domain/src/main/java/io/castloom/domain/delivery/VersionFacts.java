package io.castloom.domain.delivery;

import java.util.List;
import java.util.Objects;

/**
 * What counting needs to know of a media version.
 *
 * @param version its key
 * @param show the show's id
 * @param episode the episode's id
 * @param bytes its length
 * @param minuteBytes how many bytes hold its tags and the first 60 s of sound, at most {@code
 *     bytes}
 * @param ads where its ads lie
 */
public record VersionFacts(
    String version, String show, String episode, long bytes, long minuteBytes, List<AdBytes> ads) {
  /**
   * Where an ad lies in the file.
   *
   * @param campaign the campaign's id
   * @param from the first byte of its frames
   * @param to the byte after the last
   */
  public record AdBytes(String campaign, long from, long to) {
    /** Checks the bounds. */
    public AdBytes {
      Objects.requireNonNull(campaign);
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException("bytes " + from + " to " + to + " of " + campaign);
      }
    }
  }

  /** Copies the list and checks the bounds. */
  public VersionFacts {
    Objects.requireNonNull(version);
    Objects.requireNonNull(show);
    Objects.requireNonNull(episode);
    ads = List.copyOf(ads);
    if (bytes < 1 || minuteBytes < 1 || minuteBytes > bytes) {
      throw new IllegalArgumentException(
          version + ": " + minuteBytes + " of " + bytes + " bytes hold a minute");
    }
  }
}
