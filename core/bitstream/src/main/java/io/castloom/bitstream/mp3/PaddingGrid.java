package io.castloom.bitstream.mp3;

import java.math.BigInteger;

/**
 * The period of an encoder's padding. At a constant bit rate whose frames are no whole number of
 * bytes, some frames get a padding byte, in a pattern that repeats. Chunks that start on this grid
 * end up with the very same frames as a single pass; off it they never do.
 *
 * @param rateHz sample rate of the encoded stream
 * @param periodFrames frames after which the pattern repeats; 1 where frames are whole bytes, or
 *     for a variable bit rate
 */
public record PaddingGrid(int rateHz, int periodFrames) {
  /**
   * The grid of a constant bit rate: 49 frames at 44.1 kHz, 1 at 32 and 48 kHz and at their halves
   * and quarters.
   *
   * @throws IllegalArgumentException for a sample or bit rate that layer III does not have
   */
  public static PaddingGrid constant(int rateHz, int kbps) {
    MpegVersion version = MpegVersion.ofRate(rateHz);
    version.bitrateIndex(kbps);
    int surplus = version.samplesPerFrame() / 8 * kbps * 1000 % rateHz;
    int divisor = BigInteger.valueOf(surplus).gcd(BigInteger.valueOf(rateHz)).intValueExact();
    return new PaddingGrid(rateHz, rateHz / divisor);
  }

  /** The grid of a variable or average bit rate: any frame. */
  public static PaddingGrid variable(int rateHz) {
    MpegVersion.ofRate(rateHz);
    return new PaddingGrid(rateHz, 1);
  }

  /** Samples per channel in a period: a frame's 1152 or 576 times the frames. */
  public int periodSamples() {
    return periodFrames * MpegVersion.ofRate(rateHz).samplesPerFrame();
  }

  /**
   * A number of periods that is also a whole number of microseconds and, for an input of another
   * rate, of its samples, so that a seek can be exact. 1.28 s at 44.1 kHz.
   *
   * @param inputRateHz sample rate of the original
   * @return samples of the encoded stream
   */
  public long seekableSamples(int inputRateHz) {
    long samples = periodSamples();
    while (samples * 1_000_000 % rateHz != 0 || samples * inputRateHz % rateHz != 0) {
      samples += periodSamples();
    }
    return samples;
  }
}
