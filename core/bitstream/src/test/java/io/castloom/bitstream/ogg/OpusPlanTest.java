package io.castloom.bitstream.ogg;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.judge.Fuzz;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpusPlanTest {
  private static final long SEED = Long.getLong("castloom.proof.seed", 7);

  @TempDir Path folder;

  private OpusFiles files;

  @BeforeEach
  void files() {
    files = new OpusFiles(folder);
  }

  @Test
  void random_cuts_joined_again_decode_to_the_same_samples() throws Exception {
    Judge.require("ffmpeg", "ffprobe", "opusinfo");
    Random random = new Random(SEED);
    for (int channels = 1; channels <= 2; channels++) {
      int length = 48_000 * 15 + random.nextInt(5_000);
      byte[] opus = files.encode(Sound.recording(SEED, 48_000, channels, length));
      ByteSource source = ByteSource.of(opus);
      OpusPiece piece = OpusPiece.read(source).orThrow();
      OpusStream stream = piece.stream();
      assertThat(stream.soundSamples()).isEqualTo(length);
      assertThat(stream.packets()).isEqualTo(files.packets(opus));
      List<OpusPlan.Slice> slices = new ArrayList<>();
      int from = 0;
      for (int cut : random.ints(8, 1, stream.packets() - 1).sorted().distinct().toArray()) {
        slices.add(new OpusPlan.Slice("a", piece, from, cut));
        from = cut;
      }
      slices.add(new OpusPlan.Slice("a", piece, from, stream.packets()));
      OpusTags tags = stream.tags().withChapter(0, Duration.ofMillis(1_234), "Erstes");
      byte[] joined = OpusFiles.written(slices, tags, source);
      assertThat(files.decode(joined)).isEqualTo(files.decode(opus));
      OpusStream again = OpusStream.read(ByteSource.of(joined)).orThrow();
      assertThat(again.packets()).isEqualTo(stream.packets());
      assertThat(again.soundSamples()).isEqualTo(length);
      assertThat(again.tags().comments()).contains("CHAPTER000=00:00:01.234");
      files.judge(joined);
    }
  }

  @Test
  void a_planned_file_has_the_packets_of_its_pieces_in_right_pages() throws Exception {
    Judge.require("ffmpeg", "opusinfo");
    byte[] opus = files.encode(Sound.recording(SEED, 48_000, 2, 48_000 * 70 + 1_234));
    ByteSource source = ByteSource.of(opus);
    OpusPiece piece = OpusPiece.read(source).orThrow();
    int cut = new Random(SEED).nextInt(1, piece.count());
    OpusTags tags = piece.stream().tags().with("NOTES", "A".repeat(200_000));
    byte[] made =
        OpusFiles.written(
            List.of(
                new OpusPlan.Slice("a", piece, 0, cut),
                new OpusPlan.Slice("a", piece, cut, piece.count())),
            tags,
            source);

    OpusStream again = OpusStream.read(ByteSource.of(made)).orThrow();
    assertThat(again.soundSamples()).isEqualTo(48_000 * 70 + 1_234);
    assertThat(again.packets()).isEqualTo(piece.count());
    assertThat(packetsOf(made)).isEqualTo(packetsOf(opus));
    files.judge(made);
  }

  private static List<Bytes> packetsOf(byte[] opus) throws IOException {
    OggPackets packets = new OggPackets(ByteSource.of(opus));
    packets.next();
    packets.next();
    List<Bytes> all = new ArrayList<>();
    for (OggPackets.Packet one = packets.next(); one != null; one = packets.next()) {
      all.add(one.bytes());
    }
    return all;
  }

  @Test
  void a_minute_of_a_piece_is_read_at_once() throws Exception {
    Judge.require("ffmpeg");
    ByteSource source = ByteSource.of(files.encode(Sound.recording(SEED, 48_000, 1, 48_000 * 130)));
    OpusPiece piece = OpusPiece.read(source).orThrow();
    List<OpusPlan.Slice> slices = List.of(new OpusPlan.Slice("a", piece, 0, piece.count()));
    List<Integer> reads = new ArrayList<>();
    PieceReader counted =
        (_, offset, length) -> {
          reads.add(length);
          return source.read(offset, length);
        };
    if (OpusPlan.plan(slices, piece.stream().tags(), 42)
        instanceof OpusPlan.Outcome.Planned(BytePlan bytes, long _)) {
      bytes.writeTo(Channels.newChannel(OutputStream.nullOutputStream()), counted);
    }
    assertThat(reads).hasSize(3);
  }

  @Test
  void pieces_with_other_channels_are_refused_with_the_reason() throws Exception {
    Judge.require("ffmpeg");
    OpusPiece one =
        OpusPiece.read(ByteSource.of(files.encode(Sound.recording(1, 48_000, 1, 48_000))))
            .orThrow();
    OpusPiece two =
        OpusPiece.read(ByteSource.of(files.encode(Sound.recording(1, 48_000, 2, 48_000))))
            .orThrow();
    assertThat(
            OpusPlan.plan(
                List.of(
                    new OpusPlan.Slice("a", one, 0, one.count()),
                    new OpusPlan.Slice("b", two, 0, two.count())),
                one.stream().tags(),
                42))
        .isInstanceOfSatisfying(
            OpusPlan.Outcome.Mismatch.class,
            refused -> assertThat(refused.reason()).contains("other channels"));
  }

  @Test
  void its_stored_index_is_the_same_piece_and_a_damaged_one_is_refused_or_harmless()
      throws Exception {
    Judge.require("ffmpeg");
    byte[] opus = files.encode(Sound.recording(SEED, 48_000, 2, 48_000 * 20 + 9));
    OpusPiece piece = OpusPiece.read(ByteSource.of(opus)).orThrow();
    byte[] index = piece.encode();
    assertThat(OpusPiece.decode(index).orThrow()).isEqualTo(piece);
    assertThat(piece.end()).isEqualTo(opus.length);
    assertThat(index.length).isLessThan(200 + 3 * piece.count());
    for (int seed = 0; seed < 2_000; seed++) {
      assertThat(OpusPiece.decode(Fuzz.mutated(index, seed))).isNotNull();
    }
    assertThat(OpusPiece.decode(new byte[70])).isInstanceOf(Parsed.Corrupt.class);
  }

  @Test
  void damaged_files_never_throw_or_hang() throws Exception {
    Judge.require("ffmpeg");
    byte[] opus = files.encode(Sound.recording(1, 48_000, 1, 48_000));
    for (int seed = 0; seed < 2_000; seed++) {
      ByteSource mutated = ByteSource.of(Fuzz.mutated(opus, seed));
      assertThat(OpusStream.read(mutated)).isNotNull();
      assertThat(OpusPiece.read(mutated)).isNotNull();
    }
    byte[] traps = new byte[2_000_000];
    for (int at = 0; at + 27 < traps.length; at += 27) {
      System.arraycopy("OggS".getBytes(US_ASCII), 0, traps, at, 4);
      traps[at + 26] = -1;
    }
    assertThat(OpusStream.read(ByteSource.of(traps))).isInstanceOf(Parsed.Corrupt.class);
  }
}
