package io.castloom.bitstream.mp3;

import java.util.ArrayList;
import java.util.List;

/**
 * The accounting that no common validator does: every frame's main data must begin in bytes that
 * earlier frames left, and end inside its own area. A dirty cut breaks this and is heard, while
 * mp3val and mpg123 stay silent.
 */
public final class ReservoirCheck {
  private ReservoirCheck() {}

  /**
   * A frame that does not decode to what was encoded.
   *
   * @param frame its number
   * @param neededBytes what it borrows, or the length of its data
   * @param presentBytes what earlier frames left, or the room for its data
   * @param reason in words
   */
  public record Violation(int frame, int neededBytes, int presentBytes, String reason) {}

  /** All violations in order; an empty list is the only good result. */
  public static List<Violation> check(FrameIndex index) {
    List<Violation> violations = new ArrayList<>();
    long area = 0;
    long used = 0;
    for (int frame = 0; frame < index.count(); frame++) {
      int borrowed = index.mainDataBegin(frame);
      long left = area - used;
      if (borrowed > left) {
        violations.add(
            new Violation(
                frame,
                borrowed,
                (int) left,
                "borrows %d bytes, of which earlier frames left %d".formatted(borrowed, left)));
      }
      int length = index.mainDataBytes(frame);
      int room = borrowed + index.areaBytes(frame);
      if (length > room) {
        violations.add(
            new Violation(
                frame, length, room, "has %d bytes of data in %d".formatted(length, room)));
      }
      used = Math.max(used, area - borrowed + length);
      area += index.areaBytes(frame);
    }
    return violations;
  }
}
