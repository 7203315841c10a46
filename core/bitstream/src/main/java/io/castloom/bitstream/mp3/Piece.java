package io.castloom.bitstream.mp3;

/**
 * Stored audio frames that splices and joins are made of.
 *
 * @param name what the {@link io.castloom.bitstream.PieceReader} and the byte plan call it
 * @param index its frames
 * @param base where its first frame stands in the stored object, in bytes; 0 for a piece without
 *     tags
 */
public record Piece(String name, FrameIndex index, long base) {
  /** Checks the base. */
  public Piece {
    if (base < 0) {
      throw new IllegalArgumentException("Piece " + name + " cannot start at byte " + base);
    }
  }

  /** Where a frame stands in the stored object; for the frame after the last, their end. */
  long position(int frame) {
    return base + index.offset(frame);
  }
}
