package io.castloom.bitstream.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.judge.Fuzz;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Mp4FileTest {
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 1);
  private static final long SEED = Long.getLong("castloom.proof.seed", 7);

  @TempDir Path folder;

  @Test
  void random_cuts_joined_again_decode_to_the_same_samples() throws Exception {
    Judge.require("ffmpeg", "ffprobe");
    for (int run = 0; run < RUNS; run++) {
      for (int[] format : new int[][] {{44_100, 2, 128}, {48_000, 1, 64}, {22_050, 1, 32}}) {
        Random random = new Random(SEED + run);
        int length = format[0] * 15 + random.nextInt(5_000);
        byte[] m4a = encode(Sound.recording(SEED + run, format[0], format[1], length), format[2]);
        Mp4Audio audio = Mp4Reader.read(ByteSource.of(m4a)).orThrow();
        assertThat(audio.units().count()).isEqualTo(packets(m4a));
        assertThat(audio.units().soundSamples()).isEqualTo(length);
        assertThat(AccessUnits.decode(audio.units().encode()).orThrow()).isEqualTo(audio.units());

        List<UnitSlice> slices = new ArrayList<>();
        int from = 0;
        for (int cut :
            random.ints(10, 1, audio.units().count() - 1).sorted().distinct().toArray()) {
          slices.add(new UnitSlice(audio.piece("a"), from, cut));
          from = cut;
        }
        slices.add(new UnitSlice(audio.piece("a"), from, audio.units().count()));
        byte[] joined = file(slices, m4a, Mp4Tags.NONE, List.of());
        assertThat(decode(joined)).isEqualTo(decode(m4a));
        assertThat(packets(joined)).isEqualTo(audio.units().count());
        assertThat(duration(joined)).isEqualTo((double) length / format[0], within());
        assertThat(Mp4Reader.read(ByteSource.of(joined)).orThrow().units())
            .isEqualTo(audio.units());
      }
    }
  }

  @Test
  void chapters_tags_and_cover_are_seen_by_others() throws Exception {
    Judge.require("ffmpeg", "ffprobe");
    byte[] m4a = encode(Sound.recording(SEED, 44_100, 2, 44_100 * 12), 128);
    Mp4Audio audio = Mp4Reader.read(ByteSource.of(m4a)).orThrow();
    Path cover = folder.resolve("cover.png");
    Judge.mustRun(
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "color=red:s=64x64",
        "-frames:v",
        "1",
        cover.toString());
    Mp4Tags tags =
        new Mp4Tags(
            Map.of("©nam", "Folge über alles", "©ART", "Castloom"),
            Bytes.copyOf(Files.readAllBytes(cover)));
    for (long first : new long[] {0, 1_500}) {
      List<Mp4Chapter> chapters =
          List.of(
              new Mp4Chapter(Duration.ofMillis(first), "Intro"),
              new Mp4Chapter(Duration.ofMillis(4_250), "Größe"),
              new Mp4Chapter(Duration.ofMillis(9_000), "Outro"));
      byte[] file = file(List.of(UnitSlice.whole(audio.piece("a"))), m4a, tags, chapters);
      String said = probe(file, "-show_chapters", "-show_format", "-show_streams");
      assertThat(said)
          .contains(
              "start_time=" + (first == 0 ? "0.000000" : "1.500000"),
              "end_time=4.250000",
              "end_time=9.000000",
              "end_time=12.000000",
              "TAG:title=Intro",
              "TAG:title=Größe",
              "TAG:title=Outro",
              "TAG:title=Folge über alles",
              "TAG:artist=Castloom",
              "codec_name=png");
      assertThat(said.split("\\[CHAPTER]")).hasSize(4);
      assertThat(decode(file)).isEqualTo(decode(m4a));
    }
  }

  @Test
  void pieces_of_other_configurations_are_refused() throws Exception {
    Judge.require("ffmpeg");
    Mp4Audio a =
        Mp4Reader.read(ByteSource.of(encode(Sound.recording(1, 44_100, 2, 44_100), 128))).orThrow();
    Mp4Audio b =
        Mp4Reader.read(ByteSource.of(encode(Sound.recording(1, 44_100, 1, 44_100), 64))).orThrow();
    Mp4Audio c =
        Mp4Reader.read(ByteSource.of(encode(Sound.recording(1, 44_100, 2, 44_100), 96))).orThrow();
    assertThat(
            UnitSplicer.splice(
                List.of(UnitSlice.whole(a.piece("a")), UnitSlice.whole(b.piece("b")))))
        .isInstanceOf(UnitSplicer.Outcome.Mismatch.class);
    assertThat(
            UnitSplicer.splice(
                List.of(UnitSlice.whole(a.piece("a")), UnitSlice.whole(c.piece("c")))))
        .isInstanceOf(UnitSplicer.Outcome.Spliced.class);
  }

  @Test
  void damaged_files_never_throw_or_hang() throws Exception {
    Judge.require("ffmpeg");
    byte[] m4a = encode(Sound.recording(1, 22_050, 1, 22_050), 32);
    for (int seed = 0; seed < 2_000; seed++) {
      byte[] damaged = Fuzz.mutated(m4a, seed);
      assertThat(Mp4Reader.read(ByteSource.of(damaged))).isNotNull();
      byte[] index = Mp4Reader.read(ByteSource.of(m4a)).orThrow().units().encode();
      assertThat(AccessUnits.decode(Fuzz.mutated(index, seed))).isNotNull();
    }
    assertThat(Mp4Reader.read(ByteSource.of(new byte[100]))).isInstanceOf(Parsed.Corrupt.class);
  }

  private static Offset<Double> within() {
    return Offset.offset(0.000_001);
  }

  private static byte[] file(
      List<UnitSlice> slices, byte[] m4a, Mp4Tags tags, List<Mp4Chapter> chapters)
      throws IOException {
    return switch (UnitSplicer.splice(slices)) {
      case UnitSplicer.Outcome.Spliced(BytePlan audio, AccessUnits units) -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Mp4File.plan(units, audio, tags, chapters)
            .writeTo(Channels.newChannel(out), PieceReader.of(Map.of("a", ByteSource.of(m4a))));
        yield out.toByteArray();
      }
      case UnitSplicer.Outcome.Mismatch refused -> throw new AssertionError(refused);
    };
  }

  private byte[] encode(Sound sound, int kbps) throws IOException {
    Path wav = sound.write(folder.resolve("in.wav"));
    Path out = folder.resolve("out.m4a");
    Judge.mustRun(
        "ffmpeg",
        "-y",
        "-v",
        "error",
        "-i",
        wav.toString(),
        "-c:a",
        "aac",
        "-b:a",
        kbps + "k",
        out.toString());
    return Files.readAllBytes(out);
  }

  private byte[] decode(byte[] m4a) throws IOException {
    Path file = Files.write(folder.resolve("decode.m4a"), m4a);
    Judge.Verdict verdict =
        Judge.mustRun(
            "ffmpeg",
            "-v",
            "warning",
            "-xerror",
            "-i",
            file.toString(),
            "-map",
            "0:a",
            "-f",
            "f32le",
            "-");
    // ffmpeg says this of every file with a cover, its own included
    assertThat(verdict.errors().replaceAll(".*stream 0, timescale not set", "")).isBlank();
    return verdict.output().toArray();
  }

  private int packets(byte[] m4a) throws IOException {
    return Integer.parseInt(
        probe(
                m4a,
                "-count_packets",
                "-select_streams",
                "a",
                "-show_entries",
                "stream=nb_read_packets",
                "-of",
                "csv=p=0")
            .strip());
  }

  private double duration(byte[] m4a) throws IOException {
    return Double.parseDouble(
        probe(m4a, "-show_entries", "format=duration", "-of", "csv=p=0").strip());
  }

  private String probe(byte[] m4a, String... options) throws IOException {
    Path file = Files.write(folder.resolve("probe.m4a"), m4a);
    List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error"));
    command.addAll(List.of(options));
    command.add(file.toString());
    return Judge.mustRun(command.toArray(String[]::new)).text();
  }
}
