package io.castloom.domain.arrangement;

import java.util.Objects;

/**
 * The frames of an encoded piece as far as time is concerned; from its frame index, without its
 * audio.
 *
 * @param sampleRate in Hz
 * @param frameSamples samples in each frame: MP3 1,152 or 576, AAC 1,024; FLAC 1, as it is cut at
 *     any sample; Opus 120, which every packet's length is a multiple of
 * @param frames how many, at least 1
 * @param startSkip decoded samples before the sound: encoder delay and decoder delay
 * @param endTrim decoded samples after the sound
 * @param borders between which frames the piece can be parted
 */
public record PieceGrid(
    int sampleRate, int frameSamples, int frames, int startSkip, int endTrim, Borders borders) {

  /** Where a piece can be parted: in most formats between any two frames. */
  @FunctionalInterface
  public interface Borders {
    /** Before every frame. */
    Borders EVERY = frame -> frame;

    /**
     * The nearest frame at which the piece can be entered, 0 to the number of frames; negative when
     * there is none.
     */
    int nearest(int frame);

    /** The first frame at or behind this one before which the piece can be left. */
    default int atOrBehind(int frame) {
      return frame;
    }
  }

  /** Checks the bounds. */
  public PieceGrid {
    Objects.requireNonNull(borders);
    if (sampleRate < 1 || frameSamples < 1 || frames < 1 || startSkip < 0 || endTrim < 0) {
      throw new IllegalArgumentException(
          "impossible grid: " + sampleRate + " Hz, " + frames + " frames of " + frameSamples);
    }
  }

  /** A grid that can be entered at every frame. */
  public static PieceGrid of(
      int sampleRate, int frameSamples, int frames, int startSkip, int endTrim) {
    return new PieceGrid(sampleRate, frameSamples, frames, startSkip, endTrim, Borders.EVERY);
  }

  /**
   * The first frame that is kept when something sounds before it: most of the delay is left out.
   */
  int firstFrame() {
    return entry(Math.min((startSkip + frameSamples / 2) / frameSamples, frames - 1));
  }

  /**
   * The frame after the last that is kept when something sounds after it: whole frames of padding
   * are left out.
   */
  int endFrame() {
    int wanted = Math.max(firstFrame() + 1, frames - endTrim / frameSamples);
    return Math.min(frames, borders.atOrBehind(wanted));
  }

  /** The frame at which a cut comes nearest to a sample of the sound. */
  int cut(long sample) {
    long nearest = (sample + startSkip + frameSamples / 2) / frameSamples;
    int second = firstFrame() + 1;
    int inside = (int) Math.clamp(nearest, second, Math.max(second, endFrame() - 1L));
    int found = entry(Math.min(inside, frames - 1));
    int least = borders.atOrBehind(second);
    // something is to sound before the cut
    return found < second && borders.nearest(least) == least ? least : found;
  }

  private int entry(int wanted) {
    int found = borders.nearest(wanted);
    return found < 0 || found > frames ? wanted : found;
  }
}
