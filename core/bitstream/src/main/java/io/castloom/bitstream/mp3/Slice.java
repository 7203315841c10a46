package io.castloom.bitstream.mp3;

/**
 * Frames of a piece, from {@code from} (included) to {@code to} (excluded).
 *
 * @param piece where they are
 * @param from the first frame
 * @param to the frame after the last
 */
public record Slice(Piece piece, int from, int to) {
  /** Checks that the slice is inside of its piece and not empty. */
  public Slice {
    if (from < 0 || from >= to || to > piece.index().count()) {
      throw new IllegalArgumentException(
          "Frames %d to %d are not inside of the %d frames of piece %s"
              .formatted(from, to, piece.index().count(), piece.name()));
    }
  }

  /** All frames of a piece. */
  public static Slice whole(Piece piece) {
    return new Slice(piece, 0, piece.index().count());
  }

  /** How many frames. */
  public int count() {
    return to - from;
  }
}
