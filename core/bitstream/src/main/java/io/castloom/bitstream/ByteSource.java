package io.castloom.bitstream;

import java.io.IOException;

/**
 * Bytes that can be read at any offset: an array, a file, ranges of a stored object. Sources are
 * read in growing offsets with small steps back, so a remote one does well to read ahead.
 */
public interface ByteSource {
  /** Number of bytes, fixed for the life of the source. */
  long size() throws IOException;

  /**
   * Reads exactly {@code length} bytes at {@code offset} into {@code target} from {@code at} on.
   *
   * @throws IOException if the source fails or ends before
   */
  void read(long offset, byte[] target, int at, int length) throws IOException;

  /** Reads a range as an array of its own. */
  default byte[] read(long offset, int length) throws IOException {
    byte[] range = new byte[length];
    read(offset, range, 0, length);
    return range;
  }

  /** A source over an array, which must not be changed while it is read. */
  static ByteSource of(byte[] bytes) {
    return new ArraySource(bytes);
  }
}
