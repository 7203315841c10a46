package io.castloom.assembler.feed;

import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Soundbite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An episode with what is current of it.
 *
 * @param episode a checked episode that is published
 * @param media its files, the enclosure first; at least one
 * @param duration how long the enclosure sounds
 * @param chapters the address of its JSON chapters, or null when it has none
 * @param transcripts in order of preference
 * @param soundbites at the times at which they sound in the enclosure
 */
public record FeedItem(
    Episode episode,
    List<Media> media,
    Duration duration,
    @Nullable URI chapters,
    List<Text> transcripts,
    List<Soundbite> soundbites) {
  /**
   * A file.
   *
   * @param address where it is found; the same for all versions of the episode
   * @param mediaType for example {@code audio/mpeg}
   * @param bytes its exact length
   * @param title what players call it among others, for example {@code mp3-128}
   */
  public record Media(URI address, String mediaType, long bytes, String title) {
    /** Checks that there are bytes. */
    public Media {
      Objects.requireNonNull(address);
      Objects.requireNonNull(mediaType);
      Objects.requireNonNull(title);
      if (bytes < 1) {
        throw new IllegalArgumentException("a file has bytes: " + address);
      }
    }
  }

  /**
   * A transcript.
   *
   * @param address where it is found
   * @param mediaType {@code text/vtt} or {@code application/x-subrip}
   * @param language a BCP 47 tag
   */
  public record Text(URI address, String mediaType, String language) {
    /** Checks that nothing is null. */
    public Text {
      Objects.requireNonNull(address);
      Objects.requireNonNull(mediaType);
      Objects.requireNonNull(language);
    }
  }

  /** Copies the lists and checks that nothing is null that must not be. */
  public FeedItem {
    Objects.requireNonNull(episode);
    Objects.requireNonNull(duration);
    media = List.copyOf(media);
    transcripts = List.copyOf(transcripts);
    soundbites = List.copyOf(soundbites);
    if (media.isEmpty()) {
      throw new IllegalArgumentException("an item has at least one file: " + episode.guid());
    }
  }
}
