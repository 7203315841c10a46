package io.castloom.domain.show.transcript;

import java.time.Duration;
import java.util.Objects;

/**
 * A timed passage of a transcript.
 *
 * @param id the identifier line, or empty
 * @param start when it begins to show
 * @param end when it ceases to show, after the start
 * @param settings WebVTT's cue settings as they stand after the times, or empty
 * @param text one or more lines, not blank
 */
public record Cue(String id, Duration start, Duration end, String settings, String text) {
  /** Checks that nothing is null. */
  public Cue {
    Objects.requireNonNull(id);
    Objects.requireNonNull(start);
    Objects.requireNonNull(end);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(text);
  }

  /** The same passage at another time. */
  public Cue at(Duration newStart, Duration newEnd) {
    return new Cue(id, newStart, newEnd, settings, text);
  }
}
