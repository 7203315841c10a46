package io.castloom.domain.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds pauses, in which an episode can be cut for an ad. */
final class Silences {

  /** Peaks up to this (of 127: -36 dBFS) are a pause: room tone and breath, no speech. */
  private static final int QUIET = 2;

  private static final int LEAST_PAIRS = Listening.PEAKS_PER_SECOND * 4 / 10;

  private Silences() {}

  static List<Analysis.Silence> find(byte[] peaks) {
    List<Analysis.Silence> found = new ArrayList<>();
    int pairs = peaks.length / 2;
    int start = -1;
    for (int i = 0; i <= pairs; i++) {
      boolean quiet = i < pairs && Math.max(-peaks[2 * i], peaks[2 * i + 1]) <= QUIET;
      if (quiet && start < 0) {
        start = i;
      } else if (!quiet && start >= 0) {
        if (i - start >= LEAST_PAIRS) {
          found.add(new Analysis.Silence(at(start), at(i)));
        }
        start = -1;
      }
    }
    return found;
  }

  private static Duration at(int pair) {
    return Duration.ofMillis(pair * 1000L / Listening.PEAKS_PER_SECOND);
  }
}
