package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.judge.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Damaged and hostile files give an answer in time proportional to their size. */
final class Mp3FuzzTest {
  @Property(tries = 400)
  void damaged_streams_are_scanned_checked_and_cut_without_an_exception(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int frames) throws IOException {
    byte[] stream = Fuzz.mutated(Synthetic.stream(frames, seed), seed);
    ByteSource source = ByteSource.of(stream);
    switch (Mp3Scanner.scan(source)) {
      case Parsed.Corrupt<Mp3Scan> _ -> {}
      case Parsed.Good<Mp3Scan>(Mp3Scan scan) -> {
        ReservoirCheck.check(scan.index());
        assertThat(FrameIndex.decode(scan.index().encode()).orThrow()).isEqualTo(scan.index());
        assertThat(XingFrame.of(scan.index()).size()).isPositive();
        if (scan.isContiguous()) {
          cut(scan, source, new Random(seed));
        }
      }
    }
  }

  private static void cut(Mp3Scan scan, ByteSource source, Random random) throws IOException {
    Piece piece = scan.piece("a");
    int from = random.nextInt(scan.index().count());
    PieceReader reader = PieceReader.of(Map.of("a", source));
    try {
      switch (Splicer.splice(List.of(new Slice(piece, from, scan.index().count())), reader)) {
        case SpliceOutcome.Spliced(_, FrameIndex index) ->
            assertThat(ReservoirCheck.check(index)).isEmpty();
        case SpliceOutcome.CannotCut _, SpliceOutcome.Mismatch _ -> {}
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("damaged");
    }
  }

  @Property(tries = 400)
  void damaged_indexes_are_corrupt_or_consistent(@ForAll long seed) {
    byte[] bytes = synthetic(100, seed).encode();
    switch (FrameIndex.decode(Fuzz.mutated(bytes, seed))) {
      case Parsed.Corrupt<FrameIndex> _ -> {}
      case Parsed.Good<FrameIndex>(FrameIndex index) ->
          assertThat(index.bytes()).isEqualTo(index.offset(index.count()));
    }
  }

  @Property(tries = 100)
  void a_cut_at_any_frame_keeps_the_reservoir_right(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 199) int frame) throws IOException {
    byte[] stream = Synthetic.stream(200, seed);
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(stream)).orThrow();
    assertThat(ReservoirCheck.check(scan.index())).isEmpty();
    Piece a = scan.piece("a");
    Piece b = scan.piece("b");
    PieceReader reader =
        PieceReader.of(Map.of("a", ByteSource.of(stream), "b", ByteSource.of(stream)));
    SpliceOutcome outcome =
        Splicer.splice(List.of(new Slice(a, 0, frame), new Slice(b, frame, 200)), reader);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SpliceOutcome.Spliced.class,
            spliced -> {
              FrameIndex index = spliced.index();
              assertThat(index.count()).isEqualTo(200);
              for (int i = 0; i < 200; i++) {
                assertThat(index.mainDataBytes(i)).isEqualTo(scan.index().mainDataBytes(i));
              }
              assertThat(index.bytes()).isEqualTo(spliced.audio().length());
            });
  }

  @Test
  void hostile_files_take_no_longer_than_their_size_allows() {
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          byte[] syncs = new byte[4_000_000];
          Arrays.fill(syncs, (byte) -1);
          assertThat(Mp3Scanner.scan(ByteSource.of(syncs))).isInstanceOf(Parsed.Corrupt.class);
          byte[] headers = new byte[4_000_000];
          for (int i = 0; i + 4 < headers.length; i += 4) {
            new FrameHeader(0xfffb90c4).writeTo(headers, i);
          }
          assertThat(Mp3Scanner.scan(ByteSource.of(headers))).isNotNull();
          byte[] tags = new byte[4_000_000];
          byte[] tag = "ID3\3\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
          for (int i = 0; i + 10 < tags.length; i += 11) {
            System.arraycopy(tag, 0, tags, i, 10);
          }
          assertThat(Mp3Scanner.scan(ByteSource.of(tags))).isInstanceOf(Parsed.Corrupt.class);
        });
  }

  @Test
  void an_index_that_claims_too_much_is_refused_before_memory_is_taken() {
    byte[] bytes = synthetic(10, 1).encode();
    bytes[12] = 0x7f;
    assertThat(FrameIndex.decode(bytes)).isInstanceOf(Parsed.Corrupt.class);
    assertThat(FrameIndex.decode(new byte[3])).isInstanceOf(Parsed.Corrupt.class);
  }

  private static FrameIndex synthetic(int frames, long seed) {
    try {
      return Mp3Scanner.scan(ByteSource.of(Synthetic.stream(frames, seed))).orThrow().index();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
