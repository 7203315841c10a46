package io.castloom.service.stitch;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import java.time.Duration;
import java.util.Objects;

/**
 * A piece that an episode needs.
 *
 * @param kind what its recording is used as
 * @param original the recording
 * @param misfit empty for the ordinary piece of a recording; else why its frames cannot stand
 *     beside the others', so that it is encoded once more, as a piece of its own
 */
public record PieceNeed(Segment.Kind kind, String original, String misfit) {

  /** The fade at both edges of what is no body: long enough against clicks, too short to hear. */
  public static final Duration EDGE = Duration.ofMillis(5);

  /** A millisecond more names another piece, beside the one that does not fit. */
  private static final Duration EDGE_AGAIN = Duration.ofMillis(6);

  public PieceNeed {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(original);
    Objects.requireNonNull(misfit);
  }

  /** Whether it is conformed, with a fade of this length at its edges; else encoded as a body. */
  public boolean isConformed() {
    return kind != Segment.Kind.BODY || !misfit.isEmpty();
  }

  /** The fade of a conformed piece. A body that is encoded again has none. */
  public Duration fade() {
    return switch (kind) {
      case BODY -> Duration.ZERO;
      case INTRO, AD, OUTRO -> misfit.isEmpty() ? EDGE : EDGE_AGAIN;
    };
  }

  /** Where it is stored once it is made. */
  public PieceKey key(Profile profile, String encoder) {
    Sha256 sha256 = new Sha256(original);
    return isConformed()
        ? PieceKey.conformed(sha256, profile, fade(), encoder)
        : PieceKey.of(sha256, profile, encoder);
  }

  /** Why it has to be made, for people. */
  public String why() {
    return misfit.isEmpty() ? "is not in the show's form yet" : misfit;
  }
}
