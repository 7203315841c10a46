package io.castloom.service.assembly;

import io.castloom.domain.document.Problem;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Originals;
import io.castloom.domain.show.Show;
import io.castloom.service.versions.EpisodeMedia;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A show with all its episodes and what is published of them, as a night needs it.
 *
 * @param episodes those that keep the rules, newest first
 * @param bad problems of the episodes that do not, by id; they keep their last version
 * @param etag of the book that is kept of it; empty when none is
 */
public record ShowBook(
    Show show, List<Entry> episodes, Map<String, List<Problem>> bad, String etag) {

  /**
   * An episode.
   *
   * @param bodies how long its body recordings are, by name
   */
  public record Entry(Episode episode, Map<String, Duration> bodies, EpisodeMedia media) {
    public Entry {
      Objects.requireNonNull(episode);
      bodies = Map.copyOf(bodies);
      Objects.requireNonNull(media);
    }

    /** When listeners could hear it first; null while it has no version. */
    @Nullable Instant heardSince() {
      return media.current().isEmpty() ? null : episode.publishedAt();
    }

    /** Its body recordings, as an arrangement asks for them. */
    public Originals originals() {
      return sha256 -> {
        Duration length = bodies.get(sha256);
        return length == null ? null : new Originals.Facts(sha256, length);
      };
    }
  }

  public ShowBook {
    Objects.requireNonNull(show);
    episodes = List.copyOf(episodes);
    bad = Map.copyOf(bad);
    Objects.requireNonNull(etag);
  }

  /** The entry of an episode; null when it is not among the good ones. */
  public @Nullable Entry entry(String episode) {
    return episodes.stream().filter(e -> e.episode().id().equals(episode)).findFirst().orElse(null);
  }
}
