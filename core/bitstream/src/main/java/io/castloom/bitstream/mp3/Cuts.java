package io.castloom.bitstream.mp3;

/** Where a piece can be entered. Every frame can be left; nearly every frame can be entered. */
public final class Cuts {
  private static final int FARTHEST = 100;

  private Cuts() {}

  /** Whether a slice can begin at a frame. */
  public static boolean canEnter(FrameIndex index, int frame) {
    return Entry.plan(index, frame, index.count()) != null;
  }

  /**
   * The nearest frame at which a slice can begin, the earlier of two: nearly always the frame
   * itself. Only where the largest bit rate of a version is used up to its limit, so that no larger
   * slot is left, a cut moves, by frames of 24 to 72 ms. Encode such profiles (320 kbit/s) without
   * a reservoir, which costs nothing there: then every frame can be entered.
   *
   * @param frame 0 to {@code count() - 1}
   * @return -1 if there is none within 100 frames
   */
  public static int nearest(FrameIndex index, int frame) {
    for (int distance = 0; distance <= FARTHEST; distance++) {
      if (frame - distance >= 0 && canEnter(index, frame - distance)) {
        return frame - distance;
      }
      if (frame + distance < index.count() && canEnter(index, frame + distance)) {
        return frame + distance;
      }
    }
    return -1;
  }
}
