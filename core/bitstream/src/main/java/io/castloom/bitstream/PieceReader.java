package io.castloom.bitstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/**
 * Gives byte ranges of named pieces on demand. Splicing asks only for the few frames around a cut.
 */
@FunctionalInterface
public interface PieceReader {
  /**
   * Reads exactly {@code length} bytes of the piece.
   *
   * @param piece the name that the caller gave to the piece
   * @throws IOException if the piece is missing, ends before, or its store fails
   */
  byte[] read(String piece, long offset, int length) throws IOException;

  /**
   * Writes a range of the piece, in blocks of at most 1 MiB.
   *
   * @throws IOException as {@link #read}, or if it cannot be written
   */
  default void copy(String piece, long offset, long length, WritableByteChannel out)
      throws IOException {
    for (long done = 0; done < length; ) {
      int block = (int) Math.min(1 << 20, length - done);
      BytePlan.write(ByteBuffer.wrap(read(piece, offset + done, block)), out);
      done += block;
    }
  }

  /** A reader over sources by name; an unknown name is an {@link IOException}. */
  static PieceReader of(Map<String, ? extends ByteSource> sources) {
    return new SourceReader(Map.copyOf(sources));
  }
}
