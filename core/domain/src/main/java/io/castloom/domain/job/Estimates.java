package io.castloom.domain.job;

import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import java.time.Duration;

/**
 * How long a task keeps one core busy, before anything was learned: multiples of real time as
 * measured with LAME 3.100 and ffmpeg 8 on one core of 2020s server hardware.
 */
public final class Estimates {

  private static final Duration OVERHEAD = Duration.ofMillis(500);

  /** Stitching an episode: mostly the object store's time. */
  public static final Duration ASSEMBLY = Duration.ofSeconds(2);

  private Estimates() {}

  /** Encoding all of an original, decoding included. */
  public static Duration encode(SourceMedia media, Profile profile) {
    double speed =
        switch (profile.codec()) {
          case MP3 -> profile.channels() == 1 ? 90 : 45;
          case AAC -> 50;
          case OPUS -> 100;
          case FLAC, WAV -> 350;
        };
    return OVERHEAD.plusMillis((long) (media.duration().toMillis() / speed));
  }
}
