package io.castloom.ffmpeg;

import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StageTools.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds the command lines. Pure: no process, no file. */
final class Arguments {

  private static final List<String> QUIET =
      List.of("-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+warning", "-y");

  private Arguments() {}

  static List<String> probe(Path input) {
    List<String> all = new ArrayList<>(List.of("-hide_banner", "-loglevel", "level+error"));
    all.addAll(Demuxers.lookGuards());
    all.addAll(List.of("-print_format", "flat", "-show_streams", "-show_format"));
    all.addAll(List.of("-i", "file:" + input));
    return all;
  }

  /** Reads a track to its end without decoding, to learn its length. */
  static List<String> count(Path input, int track) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    all.addAll(Demuxers.guards());
    all.addAll(List.of("-i", "file:" + input, "-map", "0:a:" + track, "-c", "copy"));
    all.addAll(List.of("-f", "null", "-"));
    return all;
  }

  /** Decodes a few seconds from a place, to see whether there is sound. */
  static List<String> taste(Path input, int track, double fromSeconds, double seconds) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    all.addAll(Demuxers.guards());
    if (fromSeconds > 0) {
      all.addAll(List.of("-ss", String.format(Locale.ROOT, "%.6f", fromSeconds)));
    }
    all.addAll(List.of("-t", String.format(Locale.ROOT, "%.6f", seconds)));
    all.addAll(List.of("-i", "file:" + input, "-map", "0:a:" + track, "-f", "null", "-"));
    return all;
  }

  /** A part of it: the seek before the input is exact to the sample for PCM and FLAC. */
  static List<String> encodePart(EncodeRequest request, Span span, Path output) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    all.addAll(seek(span));
    all.addAll(encodeBody(request, "", output));
    return all;
  }

  /** With a fade at both ends; its end is found by reversing, so the length need not be known. */
  static List<String> conform(EncodeRequest request, Duration fade, Path output) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    String one = String.format(Locale.ROOT, "afade=t=in:d=%.6f:curve=hsin", fade.toNanos() / 1e9);
    String both = fade.isZero() ? "" : one + ",areverse," + one + ",areverse";
    all.addAll(encodeBody(request, both, output));
    return all;
  }

  static List<String> encode(EncodeRequest request, Path output) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    all.addAll(encodeBody(request, "", output));
    return all;
  }

  private static List<String> encodeBody(EncodeRequest request, String more, Path output) {
    List<String> all = new ArrayList<>(input(request.input(), request.media()));
    String filters = filters(request.media(), request.profile(), request.gainDb());
    String chain = filters.isEmpty() || more.isEmpty() ? filters + more : filters + "," + more;
    if (!chain.isEmpty()) {
      all.addAll(List.of("-af", chain));
    }
    all.addAll(form(request.profile()));
    all.addAll(coding(request.profile(), request.media()));
    all.add("file:" + output);
    return all;
  }

  /** Decodes to FLAC at its own rate: 24 bits where the source has more than 16. */
  static List<String> unpack(Path input, SourceMedia media, Path output) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    all.addAll(input(input, media));
    String mix = mix(media, Math.min(2, media.channels()));
    if (!mix.isEmpty()) {
      all.addAll(List.of("-af", mix));
    }
    all.addAll(List.of("-ar", Integer.toString(media.sampleRate())));
    all.addAll(List.of("-fflags", "+bitexact", "-flags:a", "+bitexact", "-c:a", "flac"));
    // Level 2 is three times as fast as the default 5 and a tenth larger: it is read a few times.
    all.addAll(List.of("-compression_level", "2", "-sample_fmt", deep(media) ? "s32" : "s16"));
    all.addAll(List.of("-f", "flac", "file:" + output));
    return all;
  }

  /** Files that {@link #listen} writes into the folder it runs in. */
  static final String STEREO_TEXT = "stereo.txt";

  static final String MONO_TEXT = "mono.txt";
  static final String PEAKS_RAW = "peaks.raw";
  static final int PEAKS_RATE = 8_000;

  /** Loudness of both forms and a small mono copy, in one decoding. */
  static List<String> listen(Path input, SourceMedia media, @Nullable Span span) {
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of("-progress", "pipe:1"));
    if (span != null) {
      all.addAll(seek(span));
    }
    all.addAll(Demuxers.guards());
    all.addAll(List.of("-f", media.container(), "-i", "file:" + input));
    String mix = mix(media, 2);
    String chains =
        "[0:a:%d]%sasplit=2[x][y];".formatted(media.track(), mix.isEmpty() ? "" : mix + ",")
            + "[x]ebur128=peak=true:metadata=1:framelog=quiet,ametadata=print:file="
            + (STEREO_TEXT + "[a];")
            + "[y]pan=mono|c0=0.5*c0+0.5*c1,asplit=2[p][q];"
            + "[p]ebur128=metadata=1:framelog=quiet,ametadata=print:key=lavfi.r128.M:file="
            + (MONO_TEXT + "[b];")
            + ("[q]aresample=" + PEAKS_RATE + "[c]");
    all.addAll(List.of("-filter_complex", chains));
    all.addAll(List.of("-map", "[a]", "-f", "null", "-", "-map", "[b]", "-f", "null", "-"));
    all.addAll(List.of("-map", "[c]", "-c:a", "pcm_s16le", "-f", "s16le", "file:" + PEAKS_RAW));
    return all;
  }

  private static List<String> seek(Span span) {
    List<String> all = new ArrayList<>();
    if (span.fromMicros() > 0) {
      all.addAll(List.of("-ss", span.fromMicros() + "us"));
    }
    if (span.lengthMicros() > 0) {
      all.addAll(List.of("-t", span.lengthMicros() + "us"));
    }
    return all;
  }

  static List<String> input(Path input, SourceMedia media) {
    List<String> all = new ArrayList<>(Demuxers.guards());
    all.addAll(List.of("-f", media.container(), "-i", "file:" + input));
    all.addAll(List.of("-map", "0:a:" + media.track(), "-vn", "-sn", "-dn"));
    all.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1"));
    return all;
  }

  /** The chain that brings the sound to the profile's channels and level. */
  static String filters(SourceMedia media, Profile profile, double gainDb) {
    List<String> chain = new ArrayList<>();
    String mix = mix(media, profile.channels());
    if (!mix.isEmpty()) {
      chain.add(mix);
    }
    if (gainDb != 0) {
      // One linear factor in float: nothing is clipped before the encoder sees it.
      chain.add(String.format(Locale.ROOT, "volume=%.4fdB:precision=float", gainDb));
    }
    return String.join(",", chain);
  }

  /**
   * Mono becomes stereo at the same level (ffmpeg's own way is 3 dB lower). Stereo becomes mono by
   * the mean. More channels: by ITU-R BS.775 when they say where they belong, else all equally.
   */
  static String mix(SourceMedia media, int channels) {
    int from = media.channels();
    if (from == channels) {
      return "";
    }
    if (from == 1) {
      return "pan=stereo|c0=c0|c1=c0";
    }
    if (from == 2) {
      return "pan=mono|c0=0.5*c0+0.5*c1";
    }
    if (!media.layout().isEmpty()) {
      String stereo = "aformat=channel_layouts=stereo";
      return channels == 1 ? stereo + ",pan=mono|c0=0.5*c0+0.5*c1" : stereo;
    }
    StringBuilder equal = new StringBuilder();
    for (int c = 0; c < from; c++) {
      equal.append(c == 0 ? "" : "+");
      equal.append(String.format(Locale.ROOT, "%.6f*c%d", 1.0 / from, c));
    }
    return channels == 1 ? "pan=mono|c0=" + equal : "pan=stereo|c0=" + equal + "|c1=" + equal;
  }

  static List<String> form(Profile profile) {
    return List.of(
        "-ar", Integer.toString(profile.sampleRate()), "-ac", Integer.toString(profile.channels()));
  }

  static List<String> coding(Profile profile, SourceMedia media) {
    List<String> all = new ArrayList<>(List.of("-fflags", "+bitexact", "-flags:a", "+bitexact"));
    switch (profile.codec()) {
      case MP3 -> {
        all.addAll(List.of("-c:a", "libmp3lame"));
        all.addAll(rate(profile));
        all.addAll(List.of("-write_xing", "1", "-id3v2_version", "0", "-f", "mp3"));
      }
      case AAC -> {
        all.addAll(List.of("-c:a", "aac"));
        all.addAll(rate(profile));
        all.addAll(List.of("-movflags", "+faststart", "-f", "ipod"));
      }
      case OPUS -> {
        all.addAll(List.of("-c:a", "libopus"));
        all.addAll(rate(profile));
        all.addAll(List.of("-f", "ogg"));
      }
      case FLAC -> {
        // at a loudness it is for listeners, and pieces of one depth join
        boolean deep = deep(media) && profile.loudnessLufs() == null;
        all.addAll(List.of("-c:a", "flac", "-sample_fmt", deep ? "s32" : "s16"));
        all.addAll(List.of("-f", "flac"));
      }
      case WAV -> all.addAll(List.of("-c:a", deep(media) ? "pcm_s24le" : "pcm_s16le", "-f", "wav"));
    }
    return all;
  }

  /** Whether a lossless rendition of it needs 24 bits. Lossy sources gain nothing from them. */
  private static boolean deep(SourceMedia media) {
    return media.codec().startsWith("pcm_s24")
        || media.codec().startsWith("pcm_s32")
        || media.codec().startsWith("pcm_f");
  }

  private static List<String> rate(Profile profile) {
    return switch (profile.rate()) {
      case Profile.Rate.Bitrate(int kbps) -> List.of("-b:a", kbps + "k");
      case Profile.Rate.Quality(int level) -> List.of("-q:a", Integer.toString(level));
      case Profile.Rate.Lossless() -> List.of();
    };
  }

  /** Greatest number of bytes that this much sound takes in the profile. */
  static long mostBytes(Profile profile, double seconds) {
    double bytesPerSecond =
        switch (profile.rate()) {
          case Profile.Rate.Bitrate(int kbps) -> kbps * 1000.0 / 8 * 1.5;
          case Profile.Rate.Quality(int level) -> 320_000.0 / 8;
          case Profile.Rate.Lossless() -> profile.sampleRate() * profile.channels() * 4.0;
        };
    return (long) (bytesPerSecond * seconds) + (1 << 20);
  }
}
