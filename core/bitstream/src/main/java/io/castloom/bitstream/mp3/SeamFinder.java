package io.castloom.bitstream.mp3;

import io.castloom.bitstream.PieceReader;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds where one encode of a stretch of sound has become the same as another. In the overlap of
 * two chunks the frames must be equal from some frame on to the end: header, side info and main
 * data, but not the stuffing, whose value LAME toggles and no decoder reads. A difference after a
 * stretch of equal frames shows that the encoders were not in the same state, so an earlier stretch
 * proves nothing; neither do frames of silence.
 */
final class SeamFinder {
  /** Equal frames that a seam needs. */
  static final int EQUAL_FRAMES = 8;

  /** Frames at the end of a chunk that depend on what comes after it. */
  private static final int UNSETTLED = 4;

  /** Main data of a frame with something to hear, in bytes. */
  private static final int AUDIBLE = 16;

  private SeamFinder() {}

  /**
   * The search's end: the frame of each chunk at which to switch, or the reason why there is none.
   */
  record Result(int leftFrame, int rightFrame, boolean exact, @Nullable String failure) {
    static Result none(String failure) {
      return new Result(0, 0, false, failure);
    }
  }

  /**
   * Searches.
   *
   * <p>Where also the packing is equal, as it becomes at a constant bit rate, the encoders' states
   * are, and the right chunk goes on exactly as the left one would have. At a variable bit rate the
   * packing often stays different while the content is equal; the right chunk then goes on as the
   * left one would have until a frame was limited by the reservoir.
   *
   * @param shift the number of the right chunk's first frame in the left chunk
   * @param constant whether the bit rate is constant, so that only an equal packing proves anything
   */
  static Result find(Piece left, Piece right, int shift, boolean constant, PieceReader reader)
      throws IOException {
    if (shift < 1) {
      return Result.none("the chunk starts before the one before it");
    }
    int overlap = Math.min(left.index().count() - shift - UNSETTLED, right.index().count());
    if (overlap < EQUAL_FRAMES) {
      return Result.none("the chunks overlap by " + Math.max(0, overlap) + " frames only");
    }
    FrameRun a = FrameRun.read(left, left.index().reachBack(shift), shift + overlap, reader);
    FrameRun b = FrameRun.read(right, 0, overlap, reader);
    Result exact = find(right.index(), a, b, shift, overlap, true);
    return exact.failure() == null || constant
        ? exact
        : find(right.index(), a, b, shift, overlap, false);
  }

  private static Result find(
      FrameIndex right, FrameRun a, FrameRun b, int shift, int overlap, boolean exact) {
    int start = overlap;
    int audible = 0;
    while (start > 0 && sameFrame(a, shift + start - 1, b, start - 1, exact)) {
      start--;
      audible += right.mainDataBytes(start) >= AUDIBLE ? 1 : 0;
    }
    int equal = overlap - start;
    if (equal < EQUAL_FRAMES || audible < EQUAL_FRAMES) {
      return Result.none(
          "only the last %d of %d common frames are equal, %d of them audible"
              .formatted(equal, overlap, audible));
    }
    int seam = seam(right, start, overlap, exact);
    return seam < 0
        ? Result.none("no frame of the seam can be entered")
        : new Result(shift + seam, seam, exact, null);
  }

  /** From the middle of the equal frames on, the first that can be entered. */
  private static int seam(FrameIndex right, int start, int overlap, boolean exact) {
    for (int frame = start + (overlap - start) / 2; frame < overlap; frame++) {
      if (exact || Cuts.canEnter(right, frame)) {
        return frame;
      }
    }
    return -1;
  }

  private static boolean sameFrame(FrameRun a, int left, FrameRun b, int right, boolean exact) {
    int difference = a.header(left).word() ^ b.header(right).word();
    // of two packings the slot differs, and with it bit rate and padding
    if ((exact ? difference : difference & ~0xf200) != 0) {
      return false;
    }
    byte[] sideA = a.sideInfo(left);
    byte[] sideB = b.sideInfo(right);
    if (!exact) {
      SideInfo.writeMainDataBegin(sideA, 0, a.header(left).version(), 0);
      SideInfo.writeMainDataBegin(sideB, 0, a.header(left).version(), 0);
    }
    return Arrays.equals(sideA, sideB)
        && sameBits(
            a.main(), a.mainBegin(left), b.main(), b.mainBegin(right), a.mainDataBits(left));
  }

  private static boolean sameBits(byte[] a, int atA, byte[] b, int atB, int bits) {
    int bytes = bits >>> 3;
    int whole = (bits + 7) >>> 3;
    if (atA < 0 || atB < 0 || atA + whole > a.length || atB + whole > b.length) {
      return false;
    }
    int mask = 0xff00 >>> (bits & 7) & 0xff;
    return Arrays.equals(a, atA, atA + bytes, b, atB, atB + bytes)
        && (mask == 0 || ((a[atA + bytes] ^ b[atB + bytes]) & mask) == 0);
  }
}
