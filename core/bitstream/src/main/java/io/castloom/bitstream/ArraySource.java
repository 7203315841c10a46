package io.castloom.bitstream;

import java.io.EOFException;

/** A source in memory. */
final class ArraySource implements ByteSource {
  private final byte[] bytes;

  ArraySource(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] array() {
    return bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(long offset, byte[] target, int at, int length) throws EOFException {
    if (offset < 0 || length < 0 || offset + length > bytes.length) {
      throw new EOFException(
          "Range " + offset + "+" + length + " is outside of " + bytes.length + " bytes");
    }
    System.arraycopy(bytes, (int) offset, target, at, length);
  }
}
