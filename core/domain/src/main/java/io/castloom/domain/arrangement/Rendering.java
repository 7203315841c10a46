package io.castloom.domain.arrangement;

import java.util.Objects;

/**
 * What the pieces of an episode are encoded with: all pieces of one file share it.
 *
 * @param profile the profile's key, which tells its content
 * @param encoder the encoder's build; another build makes other frames, so other media versions
 */
public record Rendering(String profile, String encoder) {
  /** Checks that nothing is null. */
  public Rendering {
    Objects.requireNonNull(profile);
    Objects.requireNonNull(encoder);
  }
}
