package io.castloom.bitstream.mp3;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.PieceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one stream of slices of pieces without re-encoding. The result is a plan of ranges to copy
 * and of a few own bytes (some hundred at each cut); only the frames around cuts are read.
 *
 * <p>The decoded sound is that of the slices, sample for sample, but for 1,056 samples after each
 * cut: the granule of 576 into which the transform's overlap reaches, and 480 more that the
 * polyphase filter bank remembers (ISO/IEC 11172-3, 2.4.3.2 to 2.4.3.4). Delay and padding inside
 * of the stream stay: leave out a piece's first frame and those that hold padding alone, where
 * silence of 25 to 50 ms would disturb.
 */
public final class Splicer {
  private Splicer() {}

  /**
   * A slice, and whether the frames before it are by content those that came before it in its own
   * piece.
   */
  record Joint(Slice slice, boolean seamless) {}

  /**
   * Splices.
   *
   * @param slices in order, at least one; successive frames of one piece are not cut
   * @param reader of the pieces, by their names
   * @throws IOException if the reader fails, or a piece is not what its index says
   */
  public static SpliceOutcome splice(List<Slice> slices, PieceReader reader) throws IOException {
    List<Joint> joints = new ArrayList<>();
    for (Slice slice : slices) {
      Slice last = joints.isEmpty() ? null : joints.getLast().slice();
      if (last != null && last.to() == slice.from() && last.piece().equals(slice.piece())) {
        joints.removeLast();
        joints.add(new Joint(new Slice(slice.piece(), last.from(), slice.to()), false));
      } else {
        joints.add(new Joint(slice, false));
      }
    }
    return spliceJoints(joints, reader);
  }

  static SpliceOutcome spliceJoints(List<Joint> joints, PieceReader reader) throws IOException {
    if (joints.isEmpty()) {
      throw new IllegalArgumentException("A splice needs at least one slice");
    }
    FrameHeader first = headerOf(joints.getFirst().slice());
    SplicedIndex index = new SplicedIndex(first);
    List<BytePlan.Part> parts = new ArrayList<>();
    for (int i = 0; i < joints.size(); i++) {
      Slice slice = joints.get(i).slice();
      FrameHeader header = headerOf(slice);
      if (!FrameHeader.sameStream(header.word(), first.word())) {
        return new SpliceOutcome.Mismatch(
            i,
            "Piece %s is %d Hz %s, the first is %d Hz %s: conform it first"
                .formatted(
                    slice.piece().name(),
                    header.rateHz(),
                    header.mode(),
                    first.rateHz(),
                    first.mode()));
      }
      int copyFrom = slice.from();
      if (!joints.get(i).seamless()) {
        int end = endOfRun(joints, i);
        Entry entry = Entry.plan(slice.piece().index(), slice.from(), end);
        if (entry == null || entry.copyFrom() > slice.to()) {
          return new SpliceOutcome.CannotCut(
              i, slice.from(), Cuts.nearest(slice.piece().index(), slice.from()));
        }
        for (byte[] frame : entry.render(slice.piece(), end, reader)) {
          index.addRewritten(frame);
          parts.add(new BytePlan.Literal(Bytes.adopt(frame)));
        }
        copyFrom = entry.copyFrom();
      }
      copy(slice, copyFrom, parts, index);
    }
    FrameIndex built = index.build(gapless(joints));
    List<ReservoirCheck.Violation> violations = ReservoirCheck.check(built);
    if (!violations.isEmpty()) {
      throw new IOException("A piece of the splice is damaged: " + violations.getFirst());
    }
    return new SpliceOutcome.Spliced(new BytePlan(parts), built);
  }

  private static void copy(
      Slice slice, int copyFrom, List<BytePlan.Part> parts, SplicedIndex index) {
    if (copyFrom < slice.to()) {
      Piece piece = slice.piece();
      long start = piece.position(copyFrom);
      parts.add(new BytePlan.CopyRange(piece.name(), start, piece.position(slice.to()) - start));
      index.addCopied(piece.index(), copyFrom, slice.to());
    }
  }

  /**
   * Where the frames that go on from a slice end; those after must find their bytes in the
   * rewritten ones.
   */
  private static int endOfRun(List<Joint> joints, int from) {
    Slice slice = joints.get(from).slice();
    boolean goesOn = from + 1 < joints.size() && joints.get(from + 1).seamless();
    return goesOn ? slice.piece().index().count() : slice.to();
  }

  private static FrameHeader headerOf(Slice slice) {
    return slice.piece().index().firstHeader();
  }

  private static Gapless gapless(List<Joint> joints) {
    Slice first = joints.getFirst().slice();
    Slice last = joints.getLast().slice();
    Gapless end = last.piece().index().gapless();
    return new Gapless(
        first.from() == 0 ? first.piece().index().gapless().delaySamples() : 0,
        last.to() == last.piece().index().count() ? end.paddingSamples() : 0);
  }
}
