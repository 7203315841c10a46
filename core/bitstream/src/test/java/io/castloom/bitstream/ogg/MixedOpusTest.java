package io.castloom.bitstream.ogg;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.judge.Fuzz;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets of all lengths and modes stand in one stream, as the format allows. */
final class MixedOpusTest {
  private static final long SEED = Long.getLong("castloom.proof.seed", 7);
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 2);

  /** What the encoder can be told to write: 2.5 to 120 ms, for talk and for music. */
  private static final List<String> LENGTHS =
      List.of("2.5", "5", "10", "20", "40", "60", "80", "100", "120");

  private static final List<String> FOR = List.of("voip", "audio", "lowdelay");

  /**
   * Behind a cut the decoder forgets what stood before it; see {@link OpusPlan}. In talk of a low
   * bit rate (SILK) 0.23 s were seen until a hundredth was left.
   */
  private static final int SETTLES = 24_000;

  private static final double TOLERANCE = 0.01;

  @TempDir Path folder;

  private OpusFiles files;

  @BeforeEach
  void files() {
    files = new OpusFiles(folder);
  }

  @Test
  void pieces_with_packets_of_other_lengths_and_modes_join_and_sound_as_they_did()
      throws Exception {
    Judge.require("ffmpeg", "ffprobe", "opusinfo");
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(SEED + run);
      int channels = 1 + run % 2;
      Map<String, ByteSource> sources = new LinkedHashMap<>();
      Map<String, OpusPiece> pieces = new LinkedHashMap<>();
      Map<String, float[]> sounds = new LinkedHashMap<>();
      for (String length : LENGTHS) {
        byte[] opus =
            files.encode(
                Sound.recording(
                    random.nextInt(), 48_000, channels, 48_000 * 4 + random.nextInt(99)),
                "-frame_duration",
                length,
                "-application",
                FOR.get(random.nextInt(FOR.size())),
                "-b:a",
                (16 * channels + random.nextInt(80)) + "k");
        sources.put(length, ByteSource.of(opus));
        pieces.put(length, OpusPiece.read(ByteSource.of(opus)).orThrow());
        sounds.put(length, samples(files.decode(opus)));
      }
      List<OpusPlan.Slice> slices = random(random, pieces);
      OpusTags tags = slices.getFirst().piece().stream().tags();

      byte[] joined = OpusFiles.written(slices, tags, sources);

      files.judge(joined);
      float[] heard = samples(files.decode(joined));
      int expected = slices.stream().mapToInt(slice -> slice.to() - slice.from()).sum();
      OpusPiece again = OpusPiece.read(ByteSource.of(joined)).orThrow();
      assertThat(again.stream().packetSamples()).isZero();
      assertThat(again.count()).isEqualTo(expected).isEqualTo(files.packets(joined));
      assertThat(heard).hasSize(Math.toIntExact(again.stream().soundSamples() * channels));
      assertSame(slices, sounds, heard, channels);
      assertThat(OpusPiece.decode(again.encode()).orThrow()).isEqualTo(again);
      assertCutAgain(again, joined, random);
    }
  }

  @Test
  void a_damaged_index_of_packets_that_differ_is_refused_or_harmless() throws Exception {
    Judge.require("ffmpeg");
    Map<String, ByteSource> sources = new LinkedHashMap<>();
    List<OpusPlan.Slice> slices = new ArrayList<>();
    for (String length : List.of("10", "60")) {
      byte[] opus = files.encode(Sound.recording(1, 48_000, 1, 96_000), "-frame_duration", length);
      sources.put(length, ByteSource.of(opus));
      OpusPiece piece = OpusPiece.read(ByteSource.of(opus)).orThrow();
      slices.add(new OpusPlan.Slice(length, piece, 0, piece.count()));
    }
    OpusTags tags = slices.getFirst().piece().stream().tags();
    byte[] joined = OpusFiles.written(slices, tags, sources);
    byte[] index = OpusPiece.read(ByteSource.of(joined)).orThrow().encode();
    for (int seed = 0; seed < 2_000; seed++) {
      assertThat(OpusPiece.decode(Fuzz.mutated(index, seed))).isNotNull();
    }
  }

  /** The beginning of one, stretches of all, and the end of one. */
  private static List<OpusPlan.Slice> random(Random random, Map<String, OpusPiece> pieces) {
    List<OpusPlan.Slice> slices = new ArrayList<>();
    for (int i = 0; i < 2 * LENGTHS.size(); i++) {
      String name = LENGTHS.get(i < LENGTHS.size() ? i : random.nextInt(LENGTHS.size()));
      OpusPiece piece = Objects.requireNonNull(pieces.get(name));
      int from = i == 0 ? 0 : random.nextInt(piece.count() * 3 / 4);
      int to = from + 1 + random.nextInt(piece.count() - from);
      slices.add(
          new OpusPlan.Slice(name, piece, from, i == 2 * LENGTHS.size() - 1 ? piece.count() : to));
    }
    return slices;
  }

  private static void assertSame(
      List<OpusPlan.Slice> slices, Map<String, float[]> sounds, float[] heard, int channels) {
    long at = -slices.getFirst().piece().stream().head().preSkip();
    for (int i = 0; i < slices.size(); i++) {
      OpusPlan.Slice slice = slices.get(i);
      float[] sound = Objects.requireNonNull(sounds.get(slice.name()));
      long in = slice.piece().start(slice.from()) * 120L - slice.piece().stream().head().preSkip();
      int length = (slice.piece().start(slice.to()) - slice.piece().start(slice.from())) * 120;
      double greatest = 0;
      for (int n = i == 0 ? 312 : SETTLES; n < length; n++) {
        for (int c = 0; c < channels; c++) {
          int ours = Math.toIntExact((at + n) * channels + c);
          int theirs = Math.toIntExact((in + n) * channels + c);
          if (theirs >= 0 && ours < heard.length && theirs < sound.length) {
            greatest = Math.max(greatest, Math.abs(heard[ours] - sound[theirs]));
          }
        }
      }
      assertThat(greatest)
          .as("slice %d, packets of %s ms of %s", i, slice.name(), slice.piece())
          .isLessThan(TOLERANCE);
      at += length;
    }
  }

  private void assertCutAgain(OpusPiece piece, byte[] file, Random random) throws Exception {
    List<OpusPlan.Slice> slices = new ArrayList<>();
    int from = 0;
    for (int cut : random.ints(6, 1, piece.count() - 1).sorted().distinct().toArray()) {
      slices.add(new OpusPlan.Slice("a", piece, from, cut));
      from = cut;
    }
    slices.add(new OpusPlan.Slice("a", piece, from, piece.count()));
    byte[] again = OpusFiles.written(slices, piece.stream().tags(), ByteSource.of(file));
    assertThat(files.decode(again)).isEqualTo(files.decode(file));
    files.judge(again);
  }

  private static float[] samples(byte[] decoded) {
    FloatBuffer floats = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] samples = new float[floats.remaining()];
    floats.get(samples);
    return samples;
  }
}
