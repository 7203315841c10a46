package io.castloom.ffmpeg;

import java.util.List;
import java.util.Set;

/**
 * The containers and decoders that untrusted files may use; all others stay shut. Playlists (hls,
 * concat, dash, sdp), image sequences, network formats and every video decoder are not among them.
 */
final class Demuxers {

  /** Names of {@code ffmpeg -demuxers}. MP2 is read by {@code mp3}, ADTS by {@code aac}. */
  static final String FORMATS =
      String.join(
          ",",
          List.of(
              "wav",
              "w64",
              "aiff",
              "au",
              "caf",
              "mp3",
              "aac",
              "flac",
              "ogg",
              "mov",
              "matroska",
              "avi",
              "mpeg",
              "mpegts",
              "asf",
              "ac3",
              "eac3",
              "amr",
              "wv",
              "ape",
              "tta"));

  /** Names of {@code ffmpeg -decoders}: audio alone, no game formats, no experiments. */
  static final String CODECS =
      String.join(
          ",",
          List.of(
              "aac",
              "aac_latm",
              "ac3",
              "eac3",
              "alac",
              "amrnb",
              "amrwb",
              "ape",
              "flac",
              "mp1float",
              "mp1",
              "mp2float",
              "mp2",
              "mp3float",
              "mp3",
              "opus",
              "libopus",
              "vorbis",
              "wavpack",
              "tta",
              "wmav1",
              "wmav2",
              "wmapro",
              "wmalossless",
              "wmavoice",
              "speex",
              "libspeex",
              "gsm",
              "gsm_ms",
              "g722",
              "g726",
              "g726le",
              "dca",
              "pcm_alaw",
              "pcm_mulaw",
              "pcm_u8",
              "pcm_s8",
              "pcm_s8_planar",
              "pcm_s16le",
              "pcm_s16be",
              "pcm_s16le_planar",
              "pcm_s16be_planar",
              "pcm_s24le",
              "pcm_s24be",
              "pcm_s24le_planar",
              "pcm_s32le",
              "pcm_s32be",
              "pcm_s32le_planar",
              "pcm_s64le",
              "pcm_s64be",
              "pcm_u16le",
              "pcm_u16be",
              "pcm_u24le",
              "pcm_u24be",
              "pcm_u32le",
              "pcm_u32be",
              "pcm_f16le",
              "pcm_f24le",
              "pcm_f32le",
              "pcm_f32be",
              "pcm_f64le",
              "pcm_f64be",
              "pcm_bluray",
              "pcm_dvd",
              "pcm_lxf",
              "adpcm_ima_wav",
              "adpcm_ms",
              "adpcm_ima_qt",
              "adpcm_yamaha",
              "qdm2",
              "mace3",
              "mace6"));

  /**
   * Pictures and videos that may lie beside the sound: ffprobe opens the decoders of all streams.
   */
  static final String PICTURES =
      "h264,hevc,vp8,vp9,av1,libdav1d,mpeg4,mpeg2video,mpeg1video,h263,msmpeg4v3,wmv2,wmv3,vc1,"
          + "prores,dnxhd,mjpeg,png,bmp,gif,webp,mov_text,ass,srt,subrip,webvtt,text,dvdsub,pgssub";

  /** Containers whose seek by time lands on the very sample, when they hold PCM or FLAC. */
  private static final Set<String> EXACT = Set.of("wav", "w64", "aiff", "flac", "au", "caf");

  private Demuxers() {}

  /** What every input of every run begins with: local bytes only, known containers only. */
  static List<String> guards() {
    return guards(CODECS);
  }

  /** The same for a look, which opens every stream. */
  static List<String> lookGuards() {
    return guards(CODECS + "," + PICTURES);
  }

  private static List<String> guards(String codecs) {
    return List.of(
        "-protocol_whitelist",
        "file,pipe",
        "-format_whitelist",
        FORMATS,
        "-codec_whitelist",
        codecs);
  }

  static boolean seekExact(String container, String codec) {
    return EXACT.contains(container) && (codec.startsWith("pcm_") || codec.equals("flac"));
  }
}
