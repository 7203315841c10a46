package io.castloom.service.stitch;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  public PieceNeed {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(original);
    Objects.requireNonNull(misfit);
  }

  /** Whether its ordinary piece is stored and does not fit. */
  public boolean isAgain() {
    return !misfit.isEmpty();
  }

  /**
   * How it is brought to the show's form: a body without fades, and only when it is encoded again.
   *
   * @return null when it is encoded as any other recording
   */
  public @Nullable Conforming conforming() {
    Conforming ordinary =
        Conforming.withFade(
            switch (kind) {
              case BODY -> Duration.ZERO;
              case INTRO, AD, OUTRO -> EDGE;
            });
    if (isAgain()) {
      return ordinary.onceMore();
    }
    return kind == Segment.Kind.BODY ? null : ordinary;
  }

  /** Where it is stored once it is made. */
  public PieceKey key(Profile profile, String encoder) {
    Sha256 sha256 = new Sha256(original);
    Conforming how = conforming();
    return how == null
        ? PieceKey.of(sha256, profile, encoder)
        : PieceKey.conformed(sha256, profile, how, encoder);
  }

  /** Why it has to be made, for people. */
  public String why() {
    return isAgain() ? misfit : "is not in the show's form yet";
  }
}
