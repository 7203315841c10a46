package io.castloom.domain.arrangement;

import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * The frames of an encoded piece as far as time is concerned; from its frame index, without its
 * audio.
 *
 * @param sampleRate in Hz
 * @param frameSamples samples in each frame: MP3 1,152 or 576, AAC 1,024, Opus 960
 * @param frames how many, at least 1
 * @param startSkip decoded samples before the sound: encoder delay and decoder delay
 * @param endTrim decoded samples after the sound
 * @param entry the nearest frame at which the piece can be entered; the same frame for most
 *     formats, negative when there is none
 */
public record PieceGrid(
    int sampleRate,
    int frameSamples,
    int frames,
    int startSkip,
    int endTrim,
    IntUnaryOperator entry) {
  /** Checks the bounds. */
  public PieceGrid {
    Objects.requireNonNull(entry);
    if (sampleRate < 1 || frameSamples < 1 || frames < 1 || startSkip < 0 || endTrim < 0) {
      throw new IllegalArgumentException(
          "impossible grid: " + sampleRate + " Hz, " + frames + " frames of " + frameSamples);
    }
  }

  /** A grid that can be entered at every frame. */
  public static PieceGrid of(
      int sampleRate, int frameSamples, int frames, int startSkip, int endTrim) {
    return new PieceGrid(
        sampleRate, frameSamples, frames, startSkip, endTrim, IntUnaryOperator.identity());
  }

  /**
   * The first frame that is kept when something sounds before it: most of the delay is left out.
   */
  int firstFrame() {
    return Math.min((startSkip + frameSamples / 2) / frameSamples, frames - 1);
  }

  /**
   * The frame after the last that is kept when something sounds after it: whole frames of padding
   * are left out.
   */
  int endFrame() {
    return Math.max(firstFrame() + 1, frames - endTrim / frameSamples);
  }

  /** The frame at which a cut comes nearest to a sample of the sound. */
  int cut(long sample) {
    long nearest = (sample + startSkip + frameSamples / 2) / frameSamples;
    int inside =
        (int) Math.clamp(nearest, firstFrame() + 1L, Math.max(firstFrame() + 1L, endFrame() - 1L));
    int wanted = Math.min(inside, frames - 1);
    int found = entry.applyAsInt(wanted);
    return found < 0 || found > frames ? wanted : found;
  }
}
