package io.castloom.bitstream.mp4;

/**
 * Stored access units.
 *
 * @param name what the byte plan calls the piece
 * @param units its access units
 * @param base where the first one stands in the stored object, in bytes
 */
public record UnitPiece(String name, AccessUnits units, long base) {
  /** Checks the base. */
  public UnitPiece {
    if (base < 0) {
      throw new IllegalArgumentException("Piece " + name + " cannot start at byte " + base);
    }
  }
}
