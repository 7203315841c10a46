package io.castloom.bitstream.mp3;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.PieceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins chunks of one recording, encoded apart as a {@link ChunkPlan} says, so that the result
 * decodes to exactly the samples of a single pass. It proves each seam from the chunks' own frames,
 * or refuses: there is never a wrong join.
 */
public final class ChunkJoiner {
  private ChunkJoiner() {}

  /** What must be proved about a join. */
  public enum Proof {
    /**
     * The decoded samples are those of a single pass. At a constant bit rate every join proves
     * this. At a variable one it needs chunks without a frame that the reservoir may have limited
     * ({@link FrameIndex#isPressed}); such frames are rare, but a few minutes of speech have some.
     */
    SAMPLES,
    /**
     * The encoders had the same content at each seam. At a variable bit rate later frames may be
     * limited by a little more or less reservoir than in a single pass; both are what the encoder
     * makes of the sound.
     */
    CONTENT
  }

  /**
   * An encoded chunk.
   *
   * @param piece its frames
   * @param startFrame the number of its first frame in the whole stream
   */
  public record Chunk(Piece piece, long startFrame) {}

  /** What became of a join. */
  public sealed interface Outcome {
    /**
     * The chunks are one stream.
     *
     * @param audio its frames, without a tag
     * @param index of these frames, with the first chunk's delay and the last one's padding
     * @param identical whether it is proved that the samples are those of a single pass
     * @param seams the frames of the joined stream where it goes over to another chunk
     */
    record Joined(BytePlan audio, FrameIndex index, boolean identical, List<Integer> seams)
        implements Outcome {
      /** Copies the seams. */
      public Joined {
        seams = List.copyOf(seams);
      }

      /**
       * The whole file as an encoder would have written it: Xing frame and audio.
       *
       * @param like the Xing tag of the first chunk, or null
       */
      public BytePlan file(@Nullable XingTag like) {
        return BytePlan.literal(XingFrame.of(index, like)).then(audio);
      }
    }

    /**
     * No seam before a chunk. Encode this chunk again with {@link ChunkPlan#withPreRoll} or, at a
     * variable bit rate, {@link ChunkPlan#withEarlierStart}; if that does not help, encode the
     * recording in a single pass.
     *
     * @param chunk its number, from 1
     */
    record NoSeam(int chunk, String reason) implements Outcome {}
  }

  /**
   * Joins, with the proof that the samples are those of a single pass.
   *
   * @see #join(List, Proof, PieceReader)
   */
  public static Outcome join(List<Chunk> chunks, PieceReader reader) throws IOException {
    return join(chunks, Proof.SAMPLES, reader);
  }

  /**
   * Joins.
   *
   * @param chunks in order, at least one, the first at frame 0
   * @param proof what to refuse a join without
   * @param reader of the chunks' pieces; only the overlaps are read
   * @throws IOException if the reader fails, or a piece is not what its index says
   */
  public static Outcome join(List<Chunk> chunks, Proof proof, PieceReader reader)
      throws IOException {
    if (chunks.isEmpty() || chunks.getFirst().startFrame() != 0) {
      throw new IllegalArgumentException("The first chunk of a recording starts at frame 0");
    }
    boolean constant = chunks.stream().allMatch(c -> c.piece().index().isConstantBitrate());
    List<Splicer.Joint> joints = new ArrayList<>();
    List<Integer> seams = new ArrayList<>();
    int from = 0;
    boolean seamless = false;
    boolean identical = true;
    for (int i = 1; i < chunks.size(); i++) {
      Chunk left = chunks.get(i - 1);
      Chunk right = chunks.get(i);
      if (right.startFrame() == left.startFrame()) {
        continue; // the longer encode of the same beginning takes the shorter one's place
      }
      int shift = Math.toIntExact(right.startFrame() - left.startFrame());
      SeamFinder.Result seam =
          constant && isOffGrid(left.piece().index(), shift)
              ? SeamFinder.Result.none("the chunk does not start on the padding grid")
              : SeamFinder.find(left.piece(), right.piece(), shift, constant, reader);
      String failure = seam.failure();
      if (failure == null && seam.leftFrame() <= from) {
        failure = "the seam lies before the one of the chunk before";
      }
      if (failure == null && !seam.exact() && isPressed(right.piece().index(), seam.rightFrame())) {
        identical = false;
        failure =
            switch (proof) {
              case SAMPLES ->
                  "at this variable bit rate the chunk has frames that the reservoir limited";
              case CONTENT -> null;
            };
      }
      if (failure != null) {
        return new Outcome.NoSeam(i, "No seam before chunk " + i + ": " + failure);
      }
      joints.add(joint(left, from, seam.leftFrame(), seamless));
      seams.add(Math.toIntExact(left.startFrame() + seam.leftFrame()));
      from = seam.rightFrame();
      seamless = seam.exact();
    }
    Chunk last = chunks.getLast();
    int end = last.piece().index().count();
    joints.add(joint(last, from, end, seamless));
    return switch (Splicer.spliceJoints(joints, reader)) {
      case SpliceOutcome.Spliced(BytePlan audio, FrameIndex index) ->
          new Outcome.Joined(audio, index, identical, seams);
      case SpliceOutcome.CannotCut(int slice, int frame, _) ->
          new Outcome.NoSeam(slice, "Frame " + frame + " of chunk " + slice + " cannot be entered");
      case SpliceOutcome.Mismatch(int slice, String reason) -> new Outcome.NoSeam(slice, reason);
    };
  }

  /**
   * Whether a chunk has come into the very state of the one before it by the end of their overlap,
   * so that going over to it is the single pass, whatever follows.
   *
   * @param right may end with the overlap
   * @throws IOException if the reader fails, or a piece is not what its index says
   */
  public static boolean meets(Chunk left, Chunk right, PieceReader reader) throws IOException {
    int shift = Math.toIntExact(right.startFrame() - left.startFrame());
    FrameIndex index = left.piece().index();
    boolean constant = index.isConstantBitrate() && right.piece().index().isConstantBitrate();
    if (constant && isOffGrid(index, shift)) {
      return false;
    }
    return SeamFinder.find(left.piece(), right.piece(), shift, constant, reader).exact();
  }

  /**
   * Whether padding bytes fall on other frames than in a single pass. Between two of them frames
   * may look the same for a while.
   */
  private static boolean isOffGrid(FrameIndex index, int shift) {
    return shift % PaddingGrid.constant(index.rateHz(), index.kbps(0)).periodFrames() != 0;
  }

  private static boolean isPressed(FrameIndex index, int from) {
    for (int frame = from; frame < index.count(); frame++) {
      if (index.isPressed(frame)) {
        return true;
      }
    }
    return false;
  }

  private static Splicer.Joint joint(Chunk chunk, int from, int to, boolean seamless) {
    return new Splicer.Joint(new Slice(chunk.piece(), from, to), seamless);
  }
}
