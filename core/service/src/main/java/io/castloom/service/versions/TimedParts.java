package io.castloom.service.versions;

import io.castloom.domain.show.Soundbite;
import java.util.List;
import java.util.Objects;

/**
 * What sounds when in the current version of an episode's first format.
 *
 * @param chapters key of its JSON chapters in the public bucket; empty when it has none
 * @param vtt key of its transcript as WebVTT; empty when it has none
 * @param srt key of its transcript as SubRip; empty when it has none
 * @param soundbites at the times at which they sound
 */
public record TimedParts(String chapters, String vtt, String srt, List<Soundbite> soundbites) {

  /** Nothing is timed. */
  public static final TimedParts NONE = new TimedParts("", "", "", List.of());

  public TimedParts {
    Objects.requireNonNull(chapters);
    Objects.requireNonNull(vtt);
    Objects.requireNonNull(srt);
    soundbites = List.copyOf(soundbites);
  }
}
