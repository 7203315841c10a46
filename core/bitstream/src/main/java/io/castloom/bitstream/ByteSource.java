package io.castloom.bitstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

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

  /**
   * Writes a range to a file, in blocks of at most 1 MiB.
   *
   * @throws IOException if the source fails or ends before, or the file cannot be written
   */
  default void copy(long offset, long length, FileChannel out) throws IOException {
    for (long done = 0; done < length; ) {
      int block = (int) Math.min(1 << 20, length - done);
      FileSource.append(ByteBuffer.wrap(read(offset + done, block)), out);
      done += block;
    }
  }

  /** A source over an array, which must not be changed while it is read. */
  static ByteSource of(byte[] bytes) {
    return new ArraySource(bytes);
  }
}
