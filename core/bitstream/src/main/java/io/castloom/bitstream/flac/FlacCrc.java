package io.castloom.bitstream.flac;

/** The checksums of a frame (RFC 9639, 9.1.8 and 9.3): 8 bit of its header, 16 bit of the whole. */
final class FlacCrc {
  private static final char[] WORDS = words();

  private FlacCrc() {}

  static int header(byte[] bytes, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      value ^= bytes[at] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 0x80) != 0 ? value << 1 ^ 0x07 : value << 1;
      }
      value &= 0xff;
    }
    return value;
  }

  /** Continues with one byte. Over a frame with its own checksum the result is 0. */
  static int step(int crc, byte next) {
    return (crc << 8 ^ WORDS[(crc >>> 8 ^ next) & 0xff]) & 0xffff;
  }

  static int frame(byte[] bytes, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      value = step(value, bytes[at]);
    }
    return value;
  }

  private static char[] words() {
    char[] table = new char[256];
    for (int i = 0; i < 256; i++) {
      int value = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 0x8000) != 0 ? value << 1 ^ 0x8005 : value << 1;
      }
      table[i] = (char) value;
    }
    return table;
  }
}
