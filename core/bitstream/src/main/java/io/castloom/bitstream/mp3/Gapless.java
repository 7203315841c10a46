package io.castloom.bitstream.mp3;

/**
 * Samples that an encoder added and a player takes away, as the LAME tag has them.
 *
 * @param delaySamples before the sound, 0 to 4095, without the decoder's own {@link #DECODER_DELAY}
 * @param paddingSamples after the sound, 0 to 4095
 */
public record Gapless(int delaySamples, int paddingSamples) {
  /** Samples by which every decoder of layer III is late, not counted in a tag. */
  public static final int DECODER_DELAY = 529;

  /** Nothing was added, or it is not known. */
  public static final Gapless NONE = new Gapless(0, 0);

  /** Checks the 12 bit fields. */
  public Gapless {
    if ((delaySamples | paddingSamples) >>> 12 != 0) {
      throw new IllegalArgumentException(
          "Delay %d and padding %d must be 0 to 4095".formatted(delaySamples, paddingSamples));
    }
  }

  /** Decoded samples before the first one of the sound, decoder included; 0 if nothing is known. */
  public int startSkip() {
    return delaySamples == 0 ? 0 : delaySamples + DECODER_DELAY;
  }
}
