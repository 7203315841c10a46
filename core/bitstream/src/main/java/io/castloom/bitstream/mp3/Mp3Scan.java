package io.castloom.bitstream.mp3;

import io.castloom.bitstream.BytePlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scanner found in a file.
 *
 * @param index the audio frames as if they stood alone, one after the other
 * @param tag the Xing/Info tag before the first audio frame, if any
 * @param runs where the frames stand in the file
 * @param junk everything else in the file, in order
 */
public record Mp3Scan(FrameIndex index, @Nullable XingTag tag, List<Run> runs, List<Junk> junk) {
  /**
   * Frames that stand one after the other.
   *
   * @param offset in the file
   * @param firstFrame its number in the index
   * @param frames how many, at least 1
   */
  public record Run(long offset, int firstFrame, int frames) {}

  /** Bytes that are no audio frames. */
  public record Junk(Kind kind, long offset, long length) {
    /** What they are. */
    public enum Kind {
      /** An ID3v2 tag. */
      ID3V2,
      /** An ID3v1 tag. */
      ID3V1,
      /** An APE tag. */
      APE,
      /** A frame with a Xing, Info or VBRI tag. */
      TAG_FRAME,
      /** A last frame that the file does not hold whole. */
      TRUNCATED_FRAME,
      /** Anything else: garbage, frames of another stream. */
      GARBAGE
    }
  }

  /** Copies the lists. */
  public Mp3Scan {
    runs = List.copyOf(runs);
    junk = List.copyOf(junk);
  }

  /**
   * The audio frames alone, as ranges of the scanned file: a splice-ready piece, to which {@link
   * #index()} belongs.
   */
  public BytePlan framesOf(String piece) {
    List<BytePlan.Part> parts = new ArrayList<>();
    for (Run run : runs) {
      int end = run.firstFrame() + run.frames();
      parts.add(
          new BytePlan.CopyRange(
              piece, run.offset(), index.offset(end) - index.offset(run.firstFrame())));
    }
    return new BytePlan(parts);
  }

  /**
   * The file as a piece, as it is stored, if its frames stand together; the tags around them are
   * not part of it.
   *
   * @throws IllegalStateException if something stands between the frames: store {@link #framesOf}
   *     instead
   */
  public Piece piece(String name) {
    if (!isContiguous()) {
      throw new IllegalStateException(
          "The frames of %s stand in %d separate runs".formatted(name, runs.size()));
    }
    return new Piece(name, index, runs.getFirst().offset());
  }

  /** Whether frames follow each other without anything between them. */
  public boolean isContiguous() {
    return runs.size() == 1;
  }
}
