package io.castloom.service.stitch;

import io.castloom.domain.media.Profile;
import java.util.Locale;

/**
 * What the frames of two pieces must have in common to stand in one stream.
 *
 * @param rateHz samples a second, as the stream counts them
 * @param channels 1 or 2; 0 when the piece does not say
 * @param frames how long a frame is, or how deep; for people as well
 */
record Form(int rateHz, int channels, String frames) {

  /** Opus is at 48 kHz whatever its source. */
  private static final int OPUS_HZ = 48_000;

  /** What the encoder writes for a show's profile; FLAC at a loudness has 16 bits. */
  static Form of(Profile profile) {
    int rate = profile.sampleRate();
    return switch (profile.codec()) {
      case MP3 -> new Form(rate, profile.channels(), samples(rate >= 32_000 ? 1_152 : 576));
      case AAC -> new Form(rate, profile.channels(), samples(1_024));
      case OPUS -> new Form(OPUS_HZ, profile.channels(), packets(0, 0));
      case FLAC -> new Form(rate, profile.channels(), bits(16));
      case WAV -> new Form(rate, profile.channels(), "no frames");
    };
  }

  static String samples(int inFrame) {
    return inFrame + " samples a frame";
  }

  /**
   * Opus packets may differ in length, but one header stands for them all.
   *
   * @param gain of the header, in 256ths of a decibel
   * @param family of the header's mapping; 0 for one channel or two
   */
  static String packets(int gain, int family) {
    String amplified =
        gain == 0 ? "" : String.format(Locale.ROOT, ", %.2f dB of gain", gain / 256.0);
    return "Opus packets" + amplified + (family == 0 ? "" : ", mapping family " + family);
  }

  static String bits(int depth) {
    return depth + " bits";
  }

  @Override
  public String toString() {
    String sides = channels == 0 ? "" : channels + (channels == 1 ? " channel, " : " channels, ");
    return rateHz + " Hz, " + sides + frames;
  }
}
