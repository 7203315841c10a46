package io.castloom.domain.arrangement;

import io.castloom.domain.campaign.Placement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of one recording within an episode.
 *
 * @param kind what it is
 * @param slot the slot that it fills, for an ad; else empty
 * @param original the recording (SHA-256)
 * @param from where it begins in the recording
 * @param to where it ends in the recording, or null for the recording's end
 * @param bodyFrom body time of its begin, for a part of the body; else zero
 * @param placement whose ad it is; null for all else
 */
public record Segment(
    Kind kind,
    String slot,
    String original,
    Duration from,
    @Nullable Duration to,
    Duration bodyFrom,
    @Nullable Placement placement) {
  /** What a stretch is. */
  public enum Kind {
    /** Opens the episode. */
    INTRO,
    /** Somebody's message in a slot. */
    AD,
    /** What the listener came for. */
    BODY,
    /** Closes the episode. */
    OUTRO
  }

  /** Checks the bounds. */
  public Segment {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(slot);
    Objects.requireNonNull(original);
    Objects.requireNonNull(bodyFrom);
    if (from.isNegative() || (to != null && to.compareTo(from) <= 0)) {
      throw new IllegalArgumentException("segment of " + original + " from " + from + " to " + to);
    }
    if ((kind == Kind.AD) == (placement == null)) {
      throw new IllegalArgumentException("an ad has a placement, and nothing else has: " + kind);
    }
  }

  /** A whole intro or outro piece. */
  static Segment whole(Kind kind, String original) {
    return new Segment(kind, "", original, Duration.ZERO, null, Duration.ZERO, null);
  }

  /** A whole ad. */
  static Segment ad(String slot, Placement placement) {
    return new Segment(
        Kind.AD, slot, placement.original(), Duration.ZERO, null, Duration.ZERO, placement);
  }

  /** A part of the body. */
  static Segment body(String original, Duration from, @Nullable Duration to, Duration bodyFrom) {
    return new Segment(Kind.BODY, "", original, from, to, bodyFrom, null);
  }

  /** Whether it begins with its recording. */
  public boolean fromStart() {
    return from.isZero();
  }
}
