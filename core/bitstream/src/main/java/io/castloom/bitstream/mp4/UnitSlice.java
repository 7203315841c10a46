package io.castloom.bitstream.mp4;

/**
 * Access units of a piece, from {@code from} (included) to {@code to} (excluded).
 *
 * @param piece where they are
 * @param from the first unit
 * @param to the unit after the last
 */
public record UnitSlice(UnitPiece piece, int from, int to) {
  /** Checks that the slice is inside of its piece and not empty. */
  public UnitSlice {
    if (from < 0 || from >= to || to > piece.units().count()) {
      throw new IllegalArgumentException(
          "Units %d to %d are not inside of the %d units of piece %s"
              .formatted(from, to, piece.units().count(), piece.name()));
    }
  }

  /** All units of a piece. */
  public static UnitSlice whole(UnitPiece piece) {
    return new UnitSlice(piece, 0, piece.units().count());
  }
}
