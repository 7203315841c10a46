package io.castloom.bitstream.mp3;

/**
 * What the index keeps of a frame, in 28 bits: main data length 12, main data begin 9, checksum 1,
 * padding 1, bit rate index 4, pressed 1.
 */
final class Packed {
  private Packed() {}

  private static int of(FrameHeader header, int mainDataBegin, int mainDataBits, boolean pressed) {
    return (pressed ? 1 << 27 : 0)
        | header.bitrateIndex() << 23
        | (header.isPadded() ? 1 << 22 : 0)
        | (header.hasCrc() ? 1 << 21 : 0)
        | mainDataBegin << 12
        | ((mainDataBits + 7) >>> 3);
  }

  static int of(byte[] bytes, int at, FrameHeader header) {
    int side = at + header.overheadBytes() - header.sideInfoBytes();
    MpegVersion version = header.version();
    boolean mono = header.mode() == ChannelMode.MONO;
    int largestArea = version.frameBytes(14, header.rateHz()) - header.overheadBytes();
    int bits = SideInfo.mainDataBits(bytes, side, version, mono);
    int begin = SideInfo.mainDataBegin(bytes, side, version);
    return of(header, begin, bits, bits * 10 > 8 * largestArea * 8);
  }

  /**
   * Whether the data would fill eight tenths of the largest slot, which may thus have limited it.
   */
  static boolean isPressed(int packed) {
    return (packed & (1 << 27)) != 0;
  }

  static int bitrateIndex(int packed) {
    return packed >>> 23 & 15;
  }

  static boolean isPadded(int packed) {
    return (packed & (1 << 22)) != 0;
  }

  static boolean hasCrc(int packed) {
    return (packed & (1 << 21)) != 0;
  }

  static int mainDataBegin(int packed) {
    return packed >>> 12 & 0x1ff;
  }

  static int mainDataBytes(int packed) {
    return packed & 0xfff;
  }

  /** Whether these bits can be of a frame of the version. */
  static boolean isPossible(int packed, MpegVersion version) {
    int index = bitrateIndex(packed);
    return packed >>> 28 == 0
        && index >= 1
        && index <= 14
        && mainDataBegin(packed) <= version.maxMainDataBegin();
  }

  static int frameBytes(int packed, MpegVersion version, int rateHz) {
    return version.frameBytes(bitrateIndex(packed), rateHz) + (isPadded(packed) ? 1 : 0);
  }
}
