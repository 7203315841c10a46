package io.castloom.bitstream.mp4;

import java.time.Duration;

/**
 * A chapter of a file; it ends where the next one starts, or with the sound.
 *
 * @param start from the first sample of the sound
 * @param title at most 255 bytes of it are kept for Nero's form
 */
public record Mp4Chapter(Duration start, String title) {
  /** Checks the start. */
  public Mp4Chapter {
    if (start.isNegative()) {
      throw new IllegalArgumentException("Chapter " + title + " starts before the sound: " + start);
    }
  }
}
