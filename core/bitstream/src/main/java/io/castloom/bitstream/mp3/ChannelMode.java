package io.castloom.bitstream.mp3;

/** The two mode bits of a frame header, in their order. */
public enum ChannelMode {
  /** Two channels. */
  STEREO,
  /** Two channels, with mid/side or intensity coding where it pays. */
  JOINT_STEREO,
  /** Two unrelated channels. */
  DUAL_CHANNEL,
  /** One channel. */
  MONO;

  private static final ChannelMode[] BY_BITS = values();

  static ChannelMode ofHeaderBits(int bits) {
    return BY_BITS[bits];
  }

  /** 1 or 2. */
  public int channels() {
    return this == MONO ? 1 : 2;
  }
}
