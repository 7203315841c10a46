package io.castloom.domain.media;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an original after all of it was heard.
 *
 * @param integratedLufs EBU R128 integrated loudness as stereo; null when it is all silence
 * @param monoLufs the same of its mean of both sides, as one channel
 * @param rangeLu EBU Tech 3342 loudness range
 * @param truePeakDbtp greatest true peak; -120 for digital silence
 * @param seconds of sound that it really holds, whatever its header says
 * @param silences pauses of at least 0.4 s, in order
 */
public record Analysis(
    @Nullable Double integratedLufs,
    @Nullable Double monoLufs,
    double rangeLu,
    double truePeakDbtp,
    double seconds,
    List<Silence> silences) {

  /** A pause. */
  public record Silence(Duration from, Duration to) {}

  /** Highest true peak of a rendition (EBU R128 section 2 for distribution, AES TD1008). */
  public static final double CEILING_DBTP = -1;

  /** A lossy encoder's own overshoot, kept free below the ceiling. */
  private static final double LOSSY_ROOM_DB = 0.7;

  public Analysis {
    silences = List.copyOf(silences);
  }

  /**
   * The one linear gain, in dB to 0.01, that brings the original to the profile's loudness, lowered
   * where the true peak would rise above the ceiling. 0 when the profile names no loudness or there
   * is only silence.
   */
  public double gainDb(Profile profile) {
    Double target = profile.loudnessLufs();
    Double measured = profile.channels() == 1 ? monoLufs : integratedLufs;
    if (target == null || measured == null) {
      return 0;
    }
    double room = profile.rate() instanceof Profile.Rate.Lossless ? 0 : LOSSY_ROOM_DB;
    double highest = CEILING_DBTP - room - truePeakDbtp;
    double gain = Math.min(target - measured + profile.encoderLossDb(), highest);
    return Math.round(Math.max(-60, Math.min(60, gain)) * 100) / 100.0;
  }

  /** Where the analysis of an original lies: a folder's key, with a slash at its end. */
  public static String folder(Original original) {
    return "analyses/" + original.account() + "/" + original.sha256() + "/";
  }

  /** The analysis itself, as JSON. */
  public static String key(Original original) {
    return folder(original) + "analysis.json";
  }

  /** The waveform's peaks, in the JSON that peaks.js and audiowaveform (version 2) read. */
  public static String waveformKey(Original original) {
    return folder(original) + "waveform.json";
  }

  /** The waveform's picture. */
  public static String pictureKey(Original original) {
    return folder(original) + "waveform.png";
  }
}
