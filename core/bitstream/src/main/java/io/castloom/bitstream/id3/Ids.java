package io.castloom.bitstream.id3;

/** The rule of frame ids: four of A-Z and 0-9. */
final class Ids {
  private Ids() {}

  static boolean isId(String id) {
    if (id.length() != 4) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      char c = id.charAt(i);
      if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** Checks an id, its first letter unless that is 0, and that it is not another kind's. */
  static void require(String id, char first, String not) {
    if (!isId(id) || (first != 0 && id.charAt(0) != first) || id.equals(not)) {
      throw new IllegalArgumentException("Frame id " + id + " is not one of this kind of frame");
    }
  }
}
