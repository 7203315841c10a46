package io.castloom.ingest.delivery;

import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which version of an episode a listener gets at the episode's own address: the current one, unless
 * he goes on with another one that is still there. A version's ETag is its id.
 */
sealed interface VersionChoice {
  /** The current version. */
  record Current(MediaVersion version) implements VersionChoice {}

  /** The version that the listener began with. */
  record Begun(MediaVersion version) implements VersionChoice {}

  /** He insists on a version that is not there any more. */
  record Lost() implements VersionChoice {}

  /** There was a version once; the episode was withdrawn. */
  record Withdrawn() implements VersionChoice {}

  /** There never was one of this kind. */
  record None() implements VersionChoice {}

  /**
   * What the request says about the version that it goes on with.
   *
   * @param ifMatch the header; null without
   * @param ifRange the header; null without
   * @param range whether a later part of the file is asked for
   * @param remembered the id of the version that this listener was sent last; null when unknown
   */
  record Asked(
      @Nullable String ifMatch,
      @Nullable String ifRange,
      boolean range,
      @Nullable String remembered) {}

  /** Chooses among the versions of this extension. */
  static VersionChoice of(EpisodeMedia media, String extension, Asked asked) {
    Optional<MediaVersion> current = media.withExtension(extension);
    List<MediaVersion> earlier = new ArrayList<>();
    for (EpisodeMedia.Replaced replaced : media.earlier()) {
      if (replaced.version().extension().equals(extension)) {
        earlier.add(replaced.version());
      }
    }
    String match = asked.ifMatch();
    if (match != null && !match.strip().equals("*")) {
      return named(match, current, earlier).orElseGet(Lost::new);
    }
    String ifRange = asked.ifRange();
    if (asked.range() && ifRange != null) {
      Optional<VersionChoice> resumed = named(ifRange, current, earlier);
      if (resumed.isPresent()) {
        return resumed.get();
      }
    }
    String remembered = asked.remembered();
    if (asked.range() && ifRange == null && remembered != null) {
      Optional<VersionChoice> resumed = named('"' + remembered + '"', current, earlier);
      if (resumed.isPresent()) {
        return resumed.get();
      }
    }
    if (current.isPresent()) {
      return new Current(current.get());
    }
    return earlier.isEmpty() ? new None() : new Withdrawn();
  }

  private static Optional<VersionChoice> named(
      String tags, Optional<MediaVersion> current, List<MediaVersion> earlier) {
    for (String tag : tags.split(",")) {
      String quoted = tag.strip();
      if (current.isPresent() && quoted.equals(etag(current.get()))) {
        return Optional.of(new Current(current.get()));
      }
      for (MediaVersion version : earlier) {
        if (quoted.equals(etag(version))) {
          return Optional.of(new Begun(version));
        }
      }
    }
    return Optional.empty();
  }

  /** Its entity tag as the header has it. */
  static String etag(MediaVersion version) {
    return '"' + version.id() + '"';
  }
}
