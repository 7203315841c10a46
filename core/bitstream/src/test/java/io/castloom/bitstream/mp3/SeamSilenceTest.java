package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Where there is nothing to hear, or the chunks are not what they should be, there is no join
 * rather than a wrong one.
 */
final class SeamSilenceTest {
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 1);
  private static final int RATE = 44_100;
  private static final ChunkPlan PLAN = ChunkPlan.constant(RATE, RATE, 128);

  private final Map<String, ByteSource> files = new HashMap<>();

  @Test
  void digital_silence_around_a_seam_never_makes_a_wrong_join() throws Exception {
    Judge.require("ffmpeg");
    Random random = new Random(Long.getLong("castloom.proof.seed", 7));
    for (int run = 0; run < 4 * RUNS; run++) {
      int seam = RATE * 15;
      int from = seam - random.nextInt(RATE * 5);
      int to = seam + random.nextInt(RATE * 4);
      Sound sound = Sound.recording(run, RATE, 2, RATE * 30).withSilence(from, to);
      switch (ChunkJoiner.join(chunks(sound, PLAN.cut(sound.length(), 15)), reader())) {
        case ChunkJoiner.Outcome.Joined joined ->
            assertThat(Lame.decode(written(joined))).isEqualTo(single(sound));
        case ChunkJoiner.Outcome.NoSeam refused ->
            assertThat(refused.reason()).contains("No seam before chunk 1");
      }
    }
  }

  @Test
  void an_overlap_of_silence_alone_is_no_seam_and_a_doubled_pre_roll_does_not_help()
      throws Exception {
    Judge.require("ffmpeg");
    Sound sound = Sound.recording(1, RATE, 2, RATE * 40).withSilence(RATE * 3, RATE * 27);
    List<ChunkPlan.Span> spans = PLAN.cut(sound.length(), 20);
    assertThat(ChunkJoiner.join(chunks(sound, spans), reader()))
        .isInstanceOfSatisfying(
            ChunkJoiner.Outcome.NoSeam.class,
            refused -> assertThat(refused.reason()).contains("0 of them audible"));
    ChunkPlan.Span longer = PLAN.withPreRoll(spans.get(1), 2);
    assertThat(longer.startSample()).isLessThan(spans.get(1).startSample());
    assertThat(ChunkJoiner.join(chunks(sound, List.of(spans.get(0), longer)), reader()))
        .isInstanceOf(ChunkJoiner.Outcome.NoSeam.class);
  }

  @Test
  void a_doubled_pre_roll_makes_the_same_join() throws Exception {
    Judge.require("ffmpeg");
    Sound sound = Sound.recording(2, RATE, 2, RATE * 40 + 99);
    List<ChunkPlan.Span> spans = PLAN.cut(sound.length(), 20);
    ChunkPlan.Span longer = PLAN.withPreRoll(spans.get(1), 2);
    assertThat(ChunkJoiner.join(chunks(sound, List.of(spans.get(0), longer)), reader()))
        .isInstanceOfSatisfying(
            ChunkJoiner.Outcome.Joined.class,
            joined -> assertThat(Lame.decode(written(joined))).isEqualTo(single(sound)));
  }

  @Test
  void chunks_off_the_grid_or_of_other_settings_are_no_chunks_of_one_stream() throws Exception {
    Judge.require("ffmpeg");
    Sound sound = Sound.recording(3, RATE, 2, RATE * 40);
    List<ChunkPlan.Span> spans = PLAN.cut(sound.length(), 20);
    ChunkPlan.Span right = spans.get(1);
    // 7 frames late: off the padding grid of 49
    ChunkPlan.Span off =
        new ChunkPlan.Span(
            right.startSample() + 7 * 1152, right.samples(), right.startFrame() + 7, true);
    assertThat(ChunkJoiner.join(chunks(sound, List.of(spans.get(0), off)), reader()))
        .isInstanceOf(ChunkJoiner.Outcome.NoSeam.class);
    List<ChunkJoiner.Chunk> mixed = new ArrayList<>(chunks(sound, spans));
    mixed.set(1, chunk("other", sound, right, "96k"));
    assertThat(ChunkJoiner.join(mixed, reader())).isInstanceOf(ChunkJoiner.Outcome.NoSeam.class);
    // the right frames under a wrong number
    Piece piece = chunks(sound, spans).get(1).piece();
    mixed.set(1, new ChunkJoiner.Chunk(piece, right.startFrame() + 1));
    assertThat(ChunkJoiner.join(mixed, reader())).isInstanceOf(ChunkJoiner.Outcome.NoSeam.class);
  }

  private List<ChunkJoiner.Chunk> chunks(Sound sound, List<ChunkPlan.Span> spans)
      throws IOException {
    List<ChunkJoiner.Chunk> chunks = new ArrayList<>();
    for (ChunkPlan.Span span : spans) {
      chunks.add(chunk("chunk-" + chunks.size(), sound, span, "128k"));
    }
    return chunks;
  }

  private ChunkJoiner.Chunk chunk(String name, Sound sound, ChunkPlan.Span span, String rate)
      throws IOException {
    int start = (int) span.startSample();
    byte[] mp3 = Lame.encode(sound.part(start, start + (int) span.samples()), "-b:a", rate);
    files.put(name, ByteSource.of(mp3));
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
    return new ChunkJoiner.Chunk(scan.piece(name), span.startFrame());
  }

  private PieceReader reader() {
    return PieceReader.of(files);
  }

  private byte[] written(ChunkJoiner.Outcome.Joined joined) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      joined.file(null).writeTo(Channels.newChannel(out), reader());
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] single(Sound sound) {
    return Lame.decode(Lame.encode(sound, "-b:a", "128k"));
  }
}
