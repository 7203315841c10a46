package io.castloom.bitstream;

import java.io.IOException;

/**
 * A moving view of a source for parsers that walk forward: constant memory, few reads. Not safe for
 * several threads.
 *
 * <p>An array source is viewed in place, without a copy.
 */
public final class Window {
  private static final int BLOCK = 1 << 18;

  private final ByteSource source;
  private final long size;
  private byte[] buffer;
  private long base;
  private int filled;

  /** A view at the start of the source. */
  public Window(ByteSource source) throws IOException {
    this.source = source;
    this.size = source.size();
    if (source instanceof ArraySource array) {
      buffer = array.array();
      filled = buffer.length;
    } else {
      buffer = new byte[(int) Math.min(BLOCK, Math.max(size, 1))];
    }
  }

  /** Size of the source in bytes. */
  public long size() {
    return size;
  }

  /** The array that {@link #locate} points into; valid until the next call of {@code locate}. */
  public byte[] bytes() {
    return buffer;
  }

  /**
   * Makes {@code length} bytes at {@code position} available.
   *
   * @param length at most 128 KiB
   * @return their index in {@link #bytes()}, or -1 if the source ends before
   */
  public int locate(long position, int length) throws IOException {
    if (position >= base && position + length <= base + filled) {
      return (int) (position - base);
    }
    if (position < 0 || position + length > size) {
      return -1;
    }
    // keeps a quarter of the block behind the position, for small steps back
    base = Math.max(0, Math.min(position - BLOCK / 4, size - buffer.length));
    filled = (int) Math.min(buffer.length, size - base);
    source.read(base, buffer, 0, filled);
    return (int) (position - base);
  }
}
