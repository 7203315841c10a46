package io.castloom.bitstream.flac;

import org.jspecify.annotations.Nullable;

/**
 * A frame header (RFC 9639, 9.1).
 *
 * @param variable whether the number is that of the first sample, not of the frame
 * @param number of the frame, or of its first sample
 * @param blockSize samples per channel in the frame
 * @param numberBytes how many bytes the number takes
 * @param length of the header with its checksum
 */
record FlacHeader(boolean variable, long number, int blockSize, int numberBytes, int length) {
  static final int MAX_BYTES = 16;

  /** The shortest header, a subframe of one constant, and the checksum. */
  static final int SMALLEST_FRAME = 10;

  /** Where the number stands. */
  static final int NUMBER_AT = 4;

  /** The header at a place, if a whole one with a right checksum stands there. */
  static @Nullable FlacHeader read(byte[] b, int at, int available) {
    if (available < 6 || b[at] != -1 || (b[at + 1] & 0xfe) != 0xf8) {
      return null;
    }
    int sizeCode = (b[at + 2] & 0xf0) >>> 4;
    int rateCode = b[at + 2] & 0x0f;
    boolean reserved = sizeCode == 0 || rateCode == 15 || (b[at + 3] & 1) != 0;
    int channels = (b[at + 3] & 0xf0) >>> 4;
    int numberBytes = numberBytes(b[at + NUMBER_AT]);
    if (reserved || channels > 10 || numberBytes == 0) {
      return null;
    }
    int sizeAt = NUMBER_AT + numberBytes;
    int rateAt = sizeAt + (sizeCode == 6 ? 1 : sizeCode == 7 ? 2 : 0);
    int length = rateAt + (rateCode == 12 ? 1 : rateCode >= 13 ? 2 : 0) + 1;
    if (length > available
        || FlacCrc.header(b, at, at + length - 1) != (b[at + length - 1] & 0xff)) {
      return null;
    }
    long number = number(b, at + NUMBER_AT, numberBytes);
    int blockSize = blockSize(b, at + sizeAt, sizeCode);
    return number < 0
        ? null
        : new FlacHeader((b[at + 1] & 1) != 0, number, blockSize, numberBytes, length);
  }

  private static int blockSize(byte[] b, int at, int code) {
    return switch (code) {
      case 1 -> 192;
      case 2, 3, 4, 5 -> 144 << code;
      case 6 -> (b[at] & 0xff) + 1;
      case 7 -> ((b[at] & 0xff) << 8 | (b[at + 1] & 0xff)) + 1;
      default -> 1 << code;
    };
  }

  /** Length of a number in the extended UTF-8 of the format; 0 if the first byte cannot be one. */
  private static int numberBytes(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones == 0 ? 1 : ones == 1 || ones > 7 ? 0 : ones;
  }

  private static long number(byte[] b, int at, int bytes) {
    long value = bytes == 1 ? b[at] : b[at] & (0x7f >>> bytes);
    for (int i = 1; i < bytes; i++) {
      if ((b[at + i] & 0xc0) != 0x80) {
        return -1;
      }
      value = value << 6 | (b[at + i] & 0x3f);
    }
    return value;
  }

  /** A number in the extended UTF-8 of the format, up to 36 bits in 7 bytes. */
  static byte[] encode(long number) {
    if (number < 0x80) {
      return new byte[] {(byte) number};
    }
    int bytes = 2;
    while (number >>> (5 * bytes + 1) != 0) {
      bytes++;
    }
    byte[] encoded = new byte[bytes];
    long rest = number;
    for (int i = bytes - 1; i > 0; i--) {
      encoded[i] = (byte) (0x80 | (rest & 0x3f));
      rest >>>= 6;
    }
    encoded[0] = (byte) (0xff00 >>> bytes | rest);
    return encoded;
  }
}
