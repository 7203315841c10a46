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

  /** Telling a job's owner of its state. */
  public static final Duration CALLBACK = Duration.ofSeconds(1);

  /** Loudness with true peak, silences and waveform. */
  private static final double MEASURE_SPEED = 110;

  /** Decoding a compressed original and writing FLAC. */
  private static final double UNPACK_SPEED = 200;

  /** Reading, joining and writing segments. */
  private static final double JOIN_SPEED = 1500;

  private Estimates() {}

  /** Encoding all of an original, decoding included. */
  public static Duration encode(SourceMedia media, Profile profile) {
    return times(media.duration(), speed(profile));
  }

  /** Encoding one of several segments, its overlap of about ten seconds included. */
  public static Duration segment(SourceMedia media, Profile profile, int count) {
    return times(media.duration().dividedBy(count).plusSeconds(10), speed(profile));
  }

  /** Joining the segments of an original. */
  public static Duration join(SourceMedia media) {
    return times(media.duration(), JOIN_SPEED);
  }

  /** Decoding an original to FLAC. */
  public static Duration unpack(SourceMedia media) {
    return times(media.duration(), UNPACK_SPEED);
  }

  /** Measuring one of several parts of an original; of one part, all of it. */
  public static Duration measure(SourceMedia media, int count) {
    return times(media.duration().dividedBy(count), MEASURE_SPEED);
  }

  private static double speed(Profile profile) {
    return switch (profile.codec()) {
      case MP3 -> profile.channels() == 1 ? 90 : 45;
      case AAC -> 50;
      case OPUS -> 100;
      case FLAC, WAV -> 350;
    };
  }

  private static Duration times(Duration sound, double speed) {
    return OVERHEAD.plusMillis((long) (sound.toMillis() / speed));
  }
}
