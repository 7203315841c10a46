package io.castloom.domain.store;

/**
 * A part of an object: {@code lengthBytes} bytes from {@code offset}.
 *
 * @param offset first byte, from 0
 * @param lengthBytes at least 1; a range that ends after the object's end is cut there
 */
public record ByteRange(long offset, long lengthBytes) {

  public ByteRange {
    if (offset < 0 || lengthBytes < 1) {
      throw new IllegalArgumentException(
          "byte range needs offset >= 0 and length >= 1: " + offset + "+" + lengthBytes);
    }
  }

  /** The last byte, inclusive, as HTTP counts it. */
  public long lastByte() {
    return Math.addExact(offset, lengthBytes) - 1;
  }
}
