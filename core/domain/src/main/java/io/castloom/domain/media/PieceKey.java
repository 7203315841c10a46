package io.castloom.domain.media;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a rendition lies in the private bucket: {@code pieces/<sha256>/<rendering>/<encoder>/}, the
 * audio and beside it the index of its frames, from which splices are planned without reading
 * audio. Deterministic, so a task that is done twice stores once.
 *
 * @param rendering the profile's key; of a conformed sound also its fade in milliseconds, and the
 *     word when it was encoded again: {@code mp3-128.fade5}, {@code mp3-128.fade5.again}
 * @param encoder the encoder's build, 1 to 100 of {@code [A-Za-z0-9._-]}
 */
public record PieceKey(Sha256 original, String rendering, String encoder, Codec codec) {

  private static final Pattern ENCODER = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public PieceKey {
    Objects.requireNonNull(original);
    Objects.requireNonNull(rendering);
    Objects.requireNonNull(codec);
    if (!ENCODER.matcher(encoder).matches()) {
      throw new IllegalArgumentException("an encoder's build cannot stand in a key: " + encoder);
    }
  }

  /** The whole original in a profile. */
  public static PieceKey of(Sha256 original, Profile profile, String encoder) {
    return new PieceKey(original, profile.key(), encoder, profile.codec());
  }

  /** A sound brought to the form of a show. */
  public static PieceKey conformed(
      Sha256 original, Profile profile, Conforming how, String encoder) {
    String rendering = profile.key() + how.suffix();
    return new PieceKey(original, rendering, encoder, profile.codec());
  }

  /** The encoded sound. */
  public String audio() {
    return folder() + "audio." + codec.extension();
  }

  /** The index of its frames. WAV has none; FLAC and Opus of before there were any have none. */
  public String index() {
    return folder() + "index.bin";
  }

  private String folder() {
    return "pieces/" + original + "/" + rendering + "/" + encoder + "/";
  }
}
