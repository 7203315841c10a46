package io.castloom.bitstream.mp3;

import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Encodes and decodes through ffmpeg and LAME. */
final class Lame {
  private Lame() {}

  static byte[] encode(Sound sound, String... options) {
    try {
      Path folder = Files.createTempDirectory("lame");
      Path wav = sound.write(folder.resolve("in.wav"));
      Path mp3 = folder.resolve("out.mp3");
      List<String> command =
          new ArrayList<>(List.of("ffmpeg", "-v", "error", "-i", wav.toString()));
      command.addAll(List.of("-map_metadata", "-1", "-c:a", "libmp3lame"));
      command.addAll(List.of(options));
      command.addAll(List.of("-write_xing", "1", "-id3v2_version", "0", mp3.toString()));
      Judge.mustRun(command.toArray(String[]::new));
      byte[] bytes = Files.readAllBytes(mp3);
      Files.delete(wav);
      Files.delete(mp3);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Decoded 32 bit floats, little-endian; the decoder must not complain. */
  static byte[] decode(byte[] mp3) {
    try {
      Path file = Files.createTempFile("decode", ".mp3");
      Files.write(file, mp3);
      Judge.Verdict verdict =
          Judge.mustRun(
              "ffmpeg", "-v", "warning", "-xerror", "-i", file.toString(), "-f", "f32le", "-");
      Files.delete(file);
      if (!verdict.errors().isBlank()) {
        throw new AssertionError("ffmpeg complains: " + verdict.errors());
      }
      return verdict.output().toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int packets(byte[] mp3) {
    try {
      Path file = Files.createTempFile("count", ".mp3");
      Files.write(file, mp3);
      String text =
          Judge.mustRun(
                  "ffprobe",
                  "-v",
                  "error",
                  "-count_packets",
                  "-show_entries",
                  "stream=nb_read_packets",
                  "-of",
                  "csv=p=0",
                  file.toString())
              .text();
      Files.delete(file);
      return Integer.parseInt(text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
