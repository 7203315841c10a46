package io.castloom.bitstream.mp3;

/**
 * What of a frame's side info matters for cutting (ISO/IEC 11172-3, 2.4.1.7): how far its main data
 * begins before its own area, and how long that data is.
 */
final class SideInfo {
  private SideInfo() {}

  /** {@code main_data_begin} in bytes; {@code at} is where the side info starts. */
  static int mainDataBegin(byte[] bytes, int at, MpegVersion version) {
    return version == MpegVersion.MPEG1
        ? (bytes[at] & 0xff) << 1 | (bytes[at + 1] & 0xff) >>> 7
        : bytes[at] & 0xff;
  }

  static void writeMainDataBegin(byte[] bytes, int at, MpegVersion version, int value) {
    if (version == MpegVersion.MPEG1) {
      bytes[at] = (byte) (value >>> 1);
      bytes[at + 1] = (byte) ((bytes[at + 1] & 0x7f) | (value & 1) << 7);
    } else {
      bytes[at] = (byte) value;
    }
  }

  /**
   * Sum of all {@code part2_3_length}, in bits: scale factors and Huffman data of every granule and
   * channel.
   */
  static int mainDataBits(byte[] bytes, int at, MpegVersion version, boolean mono) {
    if (version == MpegVersion.MPEG1) {
      // begin 9, private 5 or 3, scfsi 4 per channel, then 59 bits for each granule and channel
      return mono
          ? twelve(bytes, at, 18) + twelve(bytes, at, 77)
          : twelve(bytes, at, 20)
              + twelve(bytes, at, 79)
              + twelve(bytes, at, 138)
              + twelve(bytes, at, 197);
    }
    // begin 8, private 1 or 2, then 63 bits for each channel
    return mono ? twelve(bytes, at, 9) : twelve(bytes, at, 10) + twelve(bytes, at, 73);
  }

  private static int twelve(byte[] bytes, int at, int bit) {
    int from = at + (bit >>> 3);
    int three =
        (bytes[from] & 0xff) << 16 | (bytes[from + 1] & 0xff) << 8 | (bytes[from + 2] & 0xff);
    return (three >>> (12 - (bit & 7))) & 0xfff;
  }
}
