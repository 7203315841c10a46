package io.castloom.ffmpeg;

import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns what ffprobe found into what the house knows of a recording, or a refusal. Pure. */
final class ProbeReading {

  /** Nobody publishes more in one piece; beyond it the header lies or means harm. */
  static final Duration LONGEST = Duration.ofDays(2);

  /** ffprobe's scores go to 100; at or below this it guesses. */
  static final int LEAST_SCORE = 25;

  /** What is read by its frames alone, so that random bytes can look like it. */
  static final List<String> HEADERLESS = List.of("mp3", "aac", "ac3", "eac3", "mpeg", "mpegts");

  private static final List<String> TAGS = List.of("title", "artist", "album", "date", "comment");
  private static final int TAG_CHARACTERS = 1_000;

  private final Flat flat;
  private final long sizeBytes;
  private final List<String> notes = new ArrayList<>();

  ProbeReading(Flat flat, long sizeBytes) {
    this.flat = flat;
    this.sizeBytes = sizeBytes;
  }

  /** The first of ffprobe's names for the container, which {@code -f} takes. */
  String container() {
    return flat.text("format.format_name").split(",")[0];
  }

  boolean guessed() {
    return HEADERLESS.contains(container()) && flat.number("format.probe_score") <= 50;
  }

  /**
   * @param counted seconds of sound that were counted, used where the header has no duration; -1
   *     when nothing was counted
   */
  ProbeOutcome read(double counted) {
    List<Integer> audio = streams("audio");
    if (audio.isEmpty()) {
      return new ProbeOutcome.Refused(silentReason());
    }
    int track = choose(audio);
    int stream = audio.get(track);
    String codec = text(stream, "codec_name");
    int rate = (int) number(stream, "sample_rate");
    int channels = (int) number(stream, "channels");
    if (codec.isEmpty() || codec.equals("none")) {
      return new ProbeOutcome.Refused("its sound is coded in a way that is not accepted");
    }
    if (rate < 1 || rate > 768_000 || channels < 1 || channels > 64) {
      return new ProbeOutcome.Refused(
          "its sound has an impossible form (%d Hz, %d channels)".formatted(rate, channels));
    }
    double seconds = seconds(stream);
    seconds = seconds > 0 ? seconds : counted;
    if (seconds <= 0) {
      return new ProbeOutcome.Refused("this file has a header but no sound in it");
    }
    if (seconds > LONGEST.toSeconds()) {
      return new ProbeOutcome.Refused(
          "it claims to play for %.0f hours; %d is the most"
              .formatted(seconds / 3600, LONGEST.toHours()));
    }
    String container = container();
    String layout = text(stream, "channel_layout");
    boolean exact = Demuxers.seekExact(container, codec);
    note(channels, layout);
    return new ProbeOutcome.Recognised(
        new SourceMedia(
            container,
            codec,
            track,
            rate,
            channels,
            layout,
            Duration.ofNanos(Math.round(seconds * 1e9)),
            exact ? samples(stream, rate) : -1,
            exact,
            sizeBytes,
            tags(stream),
            notes));
  }

  /** The audio track that will be taken, counted among the audio tracks. */
  int track() {
    List<Integer> audio = streams("audio");
    return audio.isEmpty() ? 0 : choose(audio);
  }

  boolean needsCounting() {
    List<Integer> audio = streams("audio");
    return !audio.isEmpty() && seconds(audio.get(choose(audio))) <= 0;
  }

  private int choose(List<Integer> audio) {
    int chosen = 0;
    for (int i = audio.size() - 1; i >= 0; i--) {
      if (number(audio.get(i), "disposition.default") == 1) {
        chosen = i;
      }
    }
    if (audio.size() > 1 && notes.isEmpty()) {
      String language = text(audio.get(chosen), "tags.language");
      notes.add(
          "the file has %d audio tracks; track %d%s was taken, which is marked as the default one or"
                  .formatted(
                      audio.size(), chosen + 1, language.isEmpty() ? "" : " (" + language + ")")
              + " comes first");
    }
    return chosen;
  }

  private void note(int channels, String layout) {
    if (channels > 2) {
      notes.add(
          layout.isEmpty()
              ? "its %d channels do not say where they belong: all are mixed equally to the middle"
                  .formatted(channels)
              : "its %d channels (%s) are mixed down by ITU-R BS.775: centre and surrounds 3 dB lower, the low-frequency channel left out"
                  .formatted(channels, layout));
    }
  }

  private String silentReason() {
    for (int stream : streams("video")) {
      if (number(stream, "disposition.attached_pic") != 1) {
        return "this video has no sound";
      }
    }
    return streams("video").isEmpty() ? Reasons.NO_RECORDING : "this is an image, not a recording";
  }

  private List<Integer> streams(String type) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; flat.values().containsKey("streams.stream." + i + ".codec_type"); i++) {
      if (text(i, "codec_type").equals(type)) {
        found.add(i);
      }
    }
    return found;
  }

  private double seconds(int stream) {
    double own = flat.decimal("streams.stream." + stream + ".duration");
    return own > 0 ? own : flat.decimal("format.duration");
  }

  private long samples(int stream, int rate) {
    long ticks = number(stream, "duration_ts");
    return ticks > 0 && text(stream, "time_base").equals("1/" + rate) ? ticks : -1;
  }

  private Map<String, String> tags(int stream) {
    Map<String, String> lower = new HashMap<>();
    flat.values()
        .forEach(
            (key, value) -> {
              for (String prefix : List.of("format.tags.", "streams.stream." + stream + ".tags.")) {
                if (key.startsWith(prefix)) {
                  lower.putIfAbsent(
                      key.substring(prefix.length()).toLowerCase(java.util.Locale.ROOT), value);
                }
              }
            });
    Map<String, String> tags = new HashMap<>();
    for (String tag : TAGS) {
      String value = lower.getOrDefault(tag, "").strip();
      if (!value.isEmpty()) {
        tags.put(tag, value.substring(0, Math.min(TAG_CHARACTERS, value.length())));
      }
    }
    return tags;
  }

  private String text(int stream, String field) {
    return flat.text("streams.stream." + stream + "." + field);
  }

  private long number(int stream, String field) {
    return flat.number("streams.stream." + stream + "." + field);
  }
}
