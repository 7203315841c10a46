package io.castloom.bitstream.flac;

/** Bits of an array, the most significant of a byte first. Not safe for several threads. */
final class BitReader {
  private final byte[] bytes;
  private final long end;
  private long at;

  /**
   * @param from the first byte
   * @param to the byte after the last
   */
  BitReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = 8L * from;
    this.end = 8L * to;
  }

  /**
   * The next bits as a number from 0.
   *
   * @param count 0 to 57
   * @throws DamagedFrameException the bits end before
   */
  long unsigned(int count) throws DamagedFrameException {
    if (at + count > end) {
      throw new DamagedFrameException("it ends within a number");
    }
    long value = 0;
    int left = count;
    while (left > 0) {
      int inByte = (int) (at & 7);
      int taken = Math.min(left, 8 - inByte);
      int part = (bytes[(int) (at >>> 3)] & 0xff) >>> (8 - inByte - taken);
      value = value << taken | (part & ((1 << taken) - 1));
      at += taken;
      left -= taken;
    }
    return value;
  }

  /** The next bits as a number in two's complement. */
  long signed(int count) throws DamagedFrameException {
    return count == 0 ? 0 : unsigned(count) << (64 - count) >> (64 - count);
  }

  /** How many zeros stand before the next one, which is passed over. */
  int zeros() throws DamagedFrameException {
    int count = 0;
    while (unsigned(1) == 0) {
      count++;
    }
    return count;
  }
}
