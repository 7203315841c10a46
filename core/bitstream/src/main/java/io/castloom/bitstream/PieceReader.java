package io.castloom.bitstream;

import java.io.IOException;
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

  /** A reader over sources by name; an unknown name is an {@link IOException}. */
  static PieceReader of(Map<String, ? extends ByteSource> sources) {
    Map<String, ByteSource> copy = Map.copyOf(sources);
    return (piece, offset, length) -> {
      ByteSource source = copy.get(piece);
      if (source == null) {
        throw new IOException("No piece is named " + piece);
      }
      return source.read(offset, length);
    };
  }
}
