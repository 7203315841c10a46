package io.castloom.bitstream.ogg;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opus files of made sound, and what others make of them. */
final class OpusFiles {
  private final Path folder;

  OpusFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes a plan of slices of one piece, "a". */
  static byte[] written(List<OpusPlan.Slice> slices, OpusTags tags, ByteSource source)
      throws IOException {
    return written(slices, tags, Map.of("a", source));
  }

  /** Writes a plan; its length in bytes and sound is what was promised. */
  static byte[] written(List<OpusPlan.Slice> slices, OpusTags tags, Map<String, ByteSource> pieces)
      throws IOException {
    return switch (OpusPlan.plan(slices, tags, 42)) {
      case OpusPlan.Outcome.Planned(BytePlan bytes, long soundSamples) -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bytes.writeTo(Channels.newChannel(out), PieceReader.of(pieces));
        assertThat(out.size()).isEqualTo((int) bytes.length());
        assertThat(soundSamples)
            .isEqualTo(OpusStream.read(ByteSource.of(out.toByteArray())).orThrow().soundSamples());
        yield out.toByteArray();
      }
      case OpusPlan.Outcome.Mismatch refused -> throw new AssertionError(refused);
    };
  }

  /** Has opusinfo look at it. */
  void judge(byte[] opus) throws IOException {
    Path file = Files.write(folder.resolve("judge.opus"), opus);
    Judge.Verdict verdict = Judge.mustRun("opusinfo", file.toString());
    assertThat(verdict.text() + verdict.errors())
        .doesNotContainIgnoringCase("warning")
        .doesNotContainIgnoringCase("error");
  }

  /** Has ffmpeg encode a sound at 64 kbit/s. */
  byte[] encode(Sound sound, String... coding) throws IOException {
    Path wav = sound.write(folder.resolve("in.wav"));
    Path out = folder.resolve("out.opus");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-y", "-v", "error", "-i"));
    command.addAll(List.of(wav.toString(), "-c:a", "libopus", "-b:a", "64k"));
    command.addAll(List.of(coding));
    command.add(out.toString());
    Judge.mustRun(command.toArray(String[]::new));
    return Files.readAllBytes(out);
  }

  /** What ffmpeg hears, without a complaint. */
  byte[] decode(byte[] opus) throws IOException {
    Path file = Files.write(folder.resolve("decode.opus"), opus);
    Judge.Verdict verdict =
        Judge.mustRun(
            "ffmpeg", "-v", "warning", "-xerror", "-i", file.toString(), "-f", "f32le", "-");
    assertThat(verdict.errors()).isBlank();
    return verdict.output().toArray();
  }

  /** Packets as ffprobe counts them. */
  int packets(byte[] opus) throws IOException {
    Path file = Files.write(folder.resolve("probe.opus"), opus);
    return Integer.parseInt(
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
            .text()
            .strip());
  }
}
