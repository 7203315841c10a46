package io.castloom.ffmpeg;

import io.castloom.domain.media.MediaTools.Progress;
import java.util.function.Consumer;

/** Hears the lines of {@code -progress}: {@code out_time_us=1234567}. */
final class ProgressLines implements Consumer<String> {

  private static final String TIME = "out_time_us=";

  private final Progress progress;
  private volatile double seconds;

  ProgressLines(Progress progress) {
    this.progress = progress;
  }

  /** Seconds of sound written so far. */
  double seconds() {
    return seconds;
  }

  @Override
  public void accept(String line) {
    if (!line.startsWith(TIME)) {
      return;
    }
    try {
      seconds = Math.max(0, Long.parseLong(line.substring(TIME.length()).strip()) / 1e6);
      progress.reached(seconds);
    } catch (NumberFormatException e) {
      // "N/A" until the first frame is out.
    }
  }
}
