package io.castloom.domain.arrangement;

import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Profile;
import java.util.Objects;

/**
 * What the pieces of an episode are encoded with: all pieces of one file share it.
 *
 * @param profile the profile's key, which tells its content, and how its frames are cut where that
 *     has changed
 * @param encoder the encoder's build; another build makes other frames, so other media versions
 */
public record Rendering(String profile, String encoder) {
  /** Checks that nothing is null. */
  public Rendering {
    Objects.requireNonNull(profile);
    Objects.requireNonNull(encoder);
  }

  /** FLAC was cut on borders of frames first; since it is cut at any sample, files are others. */
  private static final String EXACT = "+exact";

  /** The rendering in a profile by an encoder. */
  public static Rendering of(Profile profile, String encoder) {
    String cut = profile.codec() == Codec.FLAC ? EXACT : "";
    return new Rendering(profile.key() + cut, encoder);
  }
}
