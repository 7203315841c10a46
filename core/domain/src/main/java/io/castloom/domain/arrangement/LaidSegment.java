package io.castloom.domain.arrangement;

import java.util.Objects;

/**
 * A segment in the frames of its encoded piece, at its place in the episode.
 *
 * @param segment what it is
 * @param grid the piece's frames
 * @param fromFrame the first frame
 * @param toFrame the frame after the last
 * @param startFrame how many frames come before it in the episode
 */
public record LaidSegment(
    Segment segment, PieceGrid grid, int fromFrame, int toFrame, long startFrame) {
  /** Checks the bounds. */
  public LaidSegment {
    Objects.requireNonNull(segment);
    Objects.requireNonNull(grid);
    if (fromFrame < 0 || toFrame < fromFrame || startFrame < 0) {
      throw new IllegalArgumentException(
          "frames " + fromFrame + " to " + toFrame + " of " + segment.original());
    }
  }

  /** How many frames it has. */
  public int frames() {
    return toFrame - fromFrame;
  }

  /** The decoded position at which it starts, in samples. */
  long position() {
    return startFrame * grid.frameSamples();
  }

  /**
   * The sample of the recording's sound with which it starts; negative inside the encoder's delay.
   */
  long firstSample() {
    return (long) fromFrame * grid.frameSamples() - grid.startSkip();
  }

  long samples() {
    return (long) frames() * grid.frameSamples();
  }
}
