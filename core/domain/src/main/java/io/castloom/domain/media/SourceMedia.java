package io.castloom.domain.media;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the probe found in an original.
 *
 * @param container ffmpeg's name of the demuxer, for example {@code wav} or {@code mov,mp4,m4a}
 * @param codec ffmpeg's name of the decoder, for example {@code pcm_s16le} or {@code mp2}
 * @param track which of the file's audio tracks was taken, from 0
 * @param sampleRate in Hz, 1 to 768,000
 * @param channels 1 to 64
 * @param layout ffmpeg's name of the channels' places, for example {@code 5.1(side)}; empty when
 *     the file does not say
 * @param duration as the file states it; the decoded duration may differ
 * @param samples sample frames, exact for PCM and FLAC with a right header; -1 when unknown
 * @param seekExact whether a seek by time lands on the very sample (PCM in WAV, AIFF, W64; FLAC)
 * @param tags title, artist, album, date, comment as found, at most 1,000 characters each
 * @param notes what a podcaster should know, for example which of several tracks was taken
 */
public record SourceMedia(
    String container,
    String codec,
    int track,
    int sampleRate,
    int channels,
    String layout,
    Duration duration,
    long samples,
    boolean seekExact,
    long sizeBytes,
    Map<String, String> tags,
    List<String> notes) {

  public SourceMedia {
    Objects.requireNonNull(container);
    Objects.requireNonNull(codec);
    Objects.requireNonNull(layout);
    Objects.requireNonNull(duration);
    if (track < 0) {
      throw new IllegalArgumentException("negative track: " + track);
    }
    tags = Map.copyOf(tags);
    notes = List.copyOf(notes);
    if (sampleRate < 1 || sampleRate > 768_000) {
      throw new IllegalArgumentException("sample rate out of 1..768000 Hz: " + sampleRate);
    }
    if (channels < 1 || channels > 64) {
      throw new IllegalArgumentException("channels out of 1..64: " + channels);
    }
  }
}
