package io.castloom.bitstream.mp3;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import org.jspecify.annotations.Nullable;

/** What became of a splice. */
public sealed interface SpliceOutcome {
  /**
   * The slices are one stream.
   *
   * @param audio its frames, without a tag
   * @param index of these frames; its reservoir was checked
   */
  record Spliced(BytePlan audio, FrameIndex index) implements SpliceOutcome {
    /**
     * The whole file: tag, Xing frame, audio.
     *
     * @param id3 an ID3v2 tag, or {@link Bytes#EMPTY}
     * @param like an encoder's Xing tag whose fields are kept, or null
     */
    public BytePlan file(Bytes id3, @Nullable XingTag like) {
      return BytePlan.of(new BytePlan.Literal(id3), new BytePlan.Literal(XingFrame.of(index, like)))
          .then(audio);
    }
  }

  /**
   * A slice cannot begin where it should: even the largest slot does not hold what its first frame
   * borrows, or the piece is damaged there.
   *
   * @param slice its number
   * @param frame where it should begin
   * @param nearest the nearest frame where it can, or -1 if there is none within 100 frames
   */
  record CannotCut(int slice, int frame, int nearest) implements SpliceOutcome {}

  /** A slice has another MPEG version, sample rate or number of channels than the first one. */
  record Mismatch(int slice, String reason) implements SpliceOutcome {}
}
