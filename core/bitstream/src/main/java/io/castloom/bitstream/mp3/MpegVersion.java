package io.castloom.bitstream.mp3;

/**
 * The MPEG versions that have a layer III: MPEG-1 (ISO/IEC 11172-3), MPEG-2 with half the sample
 * rates (ISO/IEC 13818-3), and the customary MPEG-2.5 with a quarter.
 */
public enum MpegVersion {
  /** 32, 44.1 and 48 kHz. */
  MPEG1(3, 1152, 511, new int[] {44_100, 48_000, 32_000}),
  /** 16, 22.05 and 24 kHz. */
  MPEG2(2, 576, 255, new int[] {22_050, 24_000, 16_000}),
  /** 8, 11.025 and 12 kHz. */
  MPEG2_5(0, 576, 255, new int[] {11_025, 12_000, 8_000});

  private static final int[] KBPS_1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBPS_2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  private final int bits;
  private final int samplesPerFrame;
  private final int maxMainDataBegin;
  private final int[] ratesHz;

  MpegVersion(int bits, int samplesPerFrame, int maxMainDataBegin, int[] ratesHz) {
    this.bits = bits;
    this.samplesPerFrame = samplesPerFrame;
    this.maxMainDataBegin = maxMainDataBegin;
    this.ratesHz = ratesHz;
  }

  /** Samples per channel in each frame: 1152 or 576. */
  public int samplesPerFrame() {
    return samplesPerFrame;
  }

  /** The farthest a frame can reach back into the reservoir, in bytes: 511 or 255. */
  public int maxMainDataBegin() {
    return maxMainDataBegin;
  }

  /** The bit rate of a header's index 1 to 14, in kbit/s. */
  public int kbps(int bitrateIndex) {
    return (this == MPEG1 ? KBPS_1 : KBPS_2)[bitrateIndex];
  }

  /**
   * The header's index of a bit rate.
   *
   * @throws IllegalArgumentException for a rate that this version does not have
   */
  public int bitrateIndex(int kbps) {
    for (int index = 1; index < 15; index++) {
      if (kbps(index) == kbps) {
        return index;
      }
    }
    throw new IllegalArgumentException(kbps + " kbit/s is not a bit rate of " + this);
  }

  /** The version that has a sample rate. */
  public static MpegVersion ofRate(int rateHz) {
    for (MpegVersion version : values()) {
      for (int rate : version.ratesHz) {
        if (rate == rateHz) {
          return version;
        }
      }
    }
    throw new IllegalArgumentException(rateHz + " Hz is not a sample rate of MPEG layer III");
  }

  int rateHz(int rateIndex) {
    return ratesHz[rateIndex];
  }

  int rateIndex(int rateHz) {
    for (int index = 0; index < 3; index++) {
      if (ratesHz[index] == rateHz) {
        return index;
      }
    }
    throw new IllegalArgumentException(rateHz + " Hz is not a sample rate of " + this);
  }

  int headerBits() {
    return bits;
  }

  /** The version of a header's two bits; 1 is reserved. */
  static MpegVersion ofHeaderBits(int bits) {
    return bits == 3 ? MPEG1 : bits == 2 ? MPEG2 : MPEG2_5;
  }

  /** Whole bytes of a frame without its padding byte. */
  int frameBytes(int bitrateIndex, int rateHz) {
    return samplesPerFrame / 8 * kbps(bitrateIndex) * 1000 / rateHz;
  }
}
