package io.castloom.bitstream.ogg;

/**
 * The checksum of a page: CRC-32 with polynomial 0x04c11db7, start 0, not reflected, not inverted.
 */
final class OggCrc {
  private static final int[] TABLE = table();

  private OggCrc() {}

  static int of(int crc, byte[] bytes, int from, int to) {
    int value = crc;
    for (int at = from; at < to; at++) {
      value = value << 8 ^ TABLE[(value >>> 24 ^ bytes[at]) & 0xff];
    }
    return value;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
      }
      table[i] = value;
    }
    return table;
  }
}
