package io.castloom.bitstream.flac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlacPlanTest {
  private static final long SEED = Long.getLong("castloom.proof.seed", 7);

  @TempDir Path folder;

  @Test
  void pieces_with_short_last_frames_follow_each_other_without_a_gap() throws Exception {
    Judge.require("ffmpeg", "flac");
    Sound sound = Sound.recording(SEED, 44_100, 2, 44_100 * 9 + 321);
    int middle = 44_100 * 4 + 123;
    byte[] first = encode(sound.part(0, middle));
    byte[] second = encode(sound.part(middle, sound.length()));
    ByteSource a = ByteSource.of(first);
    ByteSource b = ByteSource.of(second);
    FlacStream streamA = FlacStream.read(a).orThrow();
    FlacStream streamB = FlacStream.read(b).orThrow();
    BytePlan plan =
        planned(
            List.of(
                new FlacPlan.Slice("a", streamA, 0, streamA.samples()),
                new FlacPlan.Slice("b", streamB, 0, streamB.samples())));
    byte[] joined = written(plan, Map.of("a", a, "b", b));
    assertThat(FlacStream.read(ByteSource.of(joined)).orThrow().samples())
        .isEqualTo(sound.length());
    judge(joined);
    assertThat(decode(joined)).isEqualTo(decode(encode(sound)));
  }

  @Test
  void a_piece_that_changed_since_it_was_indexed_gives_no_file() throws Exception {
    Judge.require("ffmpeg");
    byte[] flac = encode(Sound.recording(SEED, 44_100, 2, 44_100 * 20 + 99));
    FlacStream stream = FlacStream.read(ByteSource.of(flac)).orThrow();
    BytePlan plan = planned(List.of(new FlacPlan.Slice("a", stream, 0, stream.samples())));
    byte[] changed = flac.clone();
    changed[changed.length / 2] ^= 1;
    assertThatThrownBy(
            () ->
                plan.writeTo(
                    Channels.newChannel(OutputStream.nullOutputStream()),
                    PieceReader.of(Map.of("a", ByteSource.of(changed)))))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-sample_fmt s16 -compression_level 12",
        "-sample_fmt s16 -compression_level 0 -ch_mode left_side",
        "-sample_fmt s16 -ch_mode right_side -lpc_type fixed",
        "-sample_fmt s32 -ch_mode mid_side",
        "-sample_fmt s16 -ac 1 -frame_size 576",
        "-sample_fmt s16 -ar 11025",
        "-sample_fmt s16 -af volume=0",
        "-sample_fmt s16 -af asetrate=44100,volume=20dB,lowpass=200"
      })
  void cuts_at_any_samples_joined_again_are_the_same_samples(String coding) throws Exception {
    Judge.require("ffmpeg", "flac");
    byte[] flac = encode(Sound.recording(SEED, 44_100, 2, 44_100 * 7 + 3), coding.split(" "));
    ByteSource source = ByteSource.of(flac);
    FlacStream stream = FlacStream.read(source).orThrow();
    List<FlacPlan.Slice> slices = new ArrayList<>();
    long from = 0;
    for (long cut : cuts(stream)) {
      slices.add(new FlacPlan.Slice("a", stream, from, cut));
      from = cut;
    }
    slices.add(new FlacPlan.Slice("a", stream, from, stream.samples()));

    byte[] made = written(planned(slices), Map.of("a", source));

    judge(made);
    assertThat(decode(made)).isEqualTo(decode(flac));
    FlacStream again = FlacStream.read(ByteSource.of(made)).orThrow();
    assertThat(again.samples()).isEqualTo(stream.samples()).isEqualTo(again.info().samples());
    for (int frame = 0; frame < again.count() - 1; frame++) {
      assertThat(again.blockSize(frame)).isGreaterThanOrEqualTo(16);
    }
  }

  /** At random, and right beside a border of two frames. */
  private static long[] cuts(FlacStream stream) {
    Random random = new Random(SEED);
    return LongStream.concat(
            random.longs(6, 1, stream.samples()),
            LongStream.of(
                stream.start(3) - 1,
                stream.start(5) + 1,
                stream.start(7),
                stream.samples() - 1,
                stream.samples() - 40))
        .sorted()
        .distinct()
        .toArray();
  }

  @Test
  void a_divided_frame_that_is_damaged_gives_no_file() throws Exception {
    Judge.require("ffmpeg");
    byte[] flac = encode(Sound.recording(SEED, 44_100, 2, 44_100));
    FlacStream stream = FlacStream.read(ByteSource.of(flac)).orThrow();
    BytePlan plan = planned(List.of(new FlacPlan.Slice("a", stream, 0, 100)));
    byte[] changed = flac.clone();
    changed[(int) stream.offset(0) + stream.size(0) / 2] ^= 1;
    assertThatThrownBy(
            () ->
                plan.writeTo(
                    Channels.newChannel(OutputStream.nullOutputStream()),
                    PieceReader.of(Map.of("a", ByteSource.of(changed)))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void damaged_frames_are_refused_or_decoded_but_never_hang() throws Exception {
    Judge.require("ffmpeg");
    byte[] flac = encode(Sound.recording(SEED, 44_100, 2, 44_100));
    FlacStream stream = FlacStream.read(ByteSource.of(flac)).orThrow();
    int at = (int) stream.offset(2);
    byte[] frame = Arrays.copyOfRange(flac, at, at + stream.size(2));
    int decoded = 0;
    for (int seed = 0; seed < 3_000; seed++) {
      byte[] mutated = Fuzz.mutated(frame, seed);
      if (mutated.length > 2) { // with a right checksum, so that the decoder itself is reached
        int crc = FlacCrc.frame(mutated, 0, mutated.length - 2);
        mutated[mutated.length - 2] = (byte) (crc >>> 8);
        mutated[mutated.length - 1] = (byte) crc;
      }
      try {
        FrameSamples.of(mutated, stream.info());
        decoded++;
      } catch (DamagedFrameException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
    }
    assertThat(decoded).isPositive();
  }

  @Test
  void pieces_of_another_rate_are_refused_with_the_reason() throws Exception {
    Judge.require("ffmpeg");
    FlacStream one =
        FlacStream.read(ByteSource.of(encode(Sound.recording(1, 44_100, 2, 44_100)))).orThrow();
    FlacStream other =
        FlacStream.read(ByteSource.of(encode(Sound.recording(1, 22_050, 2, 22_050)))).orThrow();
    assertThat(
            FlacPlan.plan(
                List.of(
                    new FlacPlan.Slice("a", one, 0, one.samples()),
                    new FlacPlan.Slice("b", other, 0, other.samples())),
                List.of(),
                Bytes.EMPTY))
        .isEqualTo(
            new FlacPlan.Outcome.Mismatch(
                1,
                "Slice 1 is 22050 Hz, 2 channels, 16 bits, the first is 44100 Hz, 2 channels, 16 bits"));
  }

  private static BytePlan planned(List<FlacPlan.Slice> slices) {
    return switch (FlacPlan.plan(slices, List.of("TITLE=Größe"), Bytes.EMPTY)) {
      case FlacPlan.Outcome.Planned(BytePlan bytes, long _) -> bytes;
      case FlacPlan.Outcome.Mismatch refused -> throw new AssertionError(refused);
    };
  }

  @Test
  void its_stored_index_is_the_same_stream_and_a_damaged_one_is_refused_or_harmless()
      throws Exception {
    Judge.require("ffmpeg");
    FlacStream stream =
        FlacStream.read(ByteSource.of(encode(Sound.recording(SEED, 44_100, 2, 44_100 * 20 + 9))))
            .orThrow();
    byte[] index = stream.encode();
    assertThat(FlacStream.decode(index).orThrow()).isEqualTo(stream);
    assertThat(index.length).isLessThan(100 + 4 * stream.count());
    for (int seed = 0; seed < 2_000; seed++) {
      assertThat(FlacStream.decode(Fuzz.mutated(index, seed))).isNotNull();
    }
    assertThat(FlacStream.decode(new byte[70])).isInstanceOf(Parsed.Corrupt.class);
  }

  @Test
  void damaged_files_never_throw_or_hang() throws Exception {
    Judge.require("ffmpeg");
    byte[] flac = encode(Sound.recording(1, 22_050, 1, 22_050));
    for (int seed = 0; seed < 500; seed++) {
      assertThat(FlacStream.read(ByteSource.of(Fuzz.mutated(flac, seed)))).isNotNull();
    }
    assertThat(FlacStream.read(ByteSource.of(new byte[100]))).isInstanceOf(Parsed.Corrupt.class);
  }

  private static byte[] written(BytePlan plan, Map<String, ByteSource> pieces) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    plan.writeTo(Channels.newChannel(out), PieceReader.of(pieces));
    assertThat(out.size()).isEqualTo((int) plan.length());
    return out.toByteArray();
  }

  private void judge(byte[] flac) throws IOException {
    Path file = Files.write(folder.resolve("judge.flac"), flac);
    String said = Judge.mustRun("flac", "-t", file.toString()).errors();
    assertThat(said).contains("ok").doesNotContain("ERROR");
  }

  private byte[] encode(Sound sound, String... coding) throws IOException {
    Path wav = sound.write(folder.resolve("in.wav"));
    Path out = folder.resolve("out.flac");
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-y", "-v", "error", "-i", wav.toString()));
    command.addAll(List.of(coding));
    command.add(out.toString());
    Judge.mustRun(command.toArray(String[]::new));
    return Files.readAllBytes(out);
  }

  private byte[] decode(byte[] flac) throws IOException {
    Path file = Files.write(folder.resolve("decode.flac"), flac);
    Judge.Verdict verdict =
        Judge.mustRun(
            "ffmpeg", "-v", "warning", "-xerror", "-i", file.toString(), "-f", "s32le", "-");
    assertThat(verdict.errors()).isBlank();
    return verdict.output().toArray();
  }
}
