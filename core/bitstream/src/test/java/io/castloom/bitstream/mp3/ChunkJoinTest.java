package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Chunks that were encoded apart decode, joined, to exactly what a single pass decodes to. */
final class ChunkJoinTest {
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 1);

  private record Profile(int rateHz, int channels, int kbps, List<String> options) {
    static Profile constant(int rateHz, int channels, int kbps) {
      return new Profile(rateHz, channels, kbps, List.of("-b:a", kbps + "k"));
    }

    static Profile variable(int rateHz, int channels, String... options) {
      return new Profile(rateHz, channels, 0, List.of(options));
    }

    ChunkPlan plan() {
      return kbps > 0
          ? ChunkPlan.constant(rateHz, rateHz, kbps)
          : ChunkPlan.variable(rateHz, rateHz);
    }
  }

  @Test
  void constant_bit_rates_join_without_a_trace() throws Exception {
    prove(
        Profile.constant(44_100, 2, 128),
        Profile.constant(44_100, 1, 64),
        Profile.constant(48_000, 2, 192),
        Profile.constant(32_000, 1, 48),
        Profile.constant(22_050, 1, 32),
        Profile.constant(24_000, 2, 64),
        Profile.constant(44_100, 2, 320),
        Profile.constant(16_000, 1, 24),
        Profile.constant(11_025, 1, 16));
  }

  @Test
  void variable_and_average_bit_rates_join_with_a_bump_frame() throws Exception {
    prove(
        Profile.variable(44_100, 2, "-q:a", "4"),
        Profile.variable(44_100, 1, "-q:a", "2"),
        Profile.variable(48_000, 2, "-q:a", "0"),
        Profile.variable(22_050, 1, "-q:a", "5"),
        Profile.variable(44_100, 2, "-abr", "1", "-b:a", "128k"));
  }

  private static void prove(Profile... profiles) throws Exception {
    Judge.require("ffmpeg", "ffprobe");
    long seed = Long.getLong("castloom.proof.seed", 7);
    int joined = 0;
    int tried = 0;
    for (int run = 0; run < RUNS; run++) {
      for (Profile profile : profiles) {
        Random random = new Random(seed++);
        int length = profile.rateHz() * (20 + random.nextInt(30)) + random.nextInt(5_000);
        Sound sound = Sound.recording(seed, profile.rateHz(), profile.channels(), length);
        tried++;
        joined += joins(profile, sound, 8 + random.nextInt(8)) ? 1 : 0;
      }
    }
    assertThat(joined).as("joined of " + tried).isGreaterThanOrEqualTo(tried * 8 / 10);
  }

  private static boolean joins(Profile profile, Sound sound, int chunkSeconds) throws Exception {
    String[] options = profile.options().toArray(String[]::new);
    Map<String, ByteSource> files = new HashMap<>();
    List<ChunkJoiner.Chunk> chunks = new ArrayList<>();
    List<Mp3Scan> scans = new ArrayList<>();
    for (ChunkPlan.Span span : profile.plan().cut(sound.length(), chunkSeconds)) {
      int start = (int) span.startSample();
      byte[] mp3 = Lame.encode(sound.part(start, start + (int) span.samples()), options);
      String name = "chunk-" + chunks.size();
      files.put(name, ByteSource.of(mp3));
      Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
      scans.add(scan);
      chunks.add(new ChunkJoiner.Chunk(scan.piece(name), span.startFrame()));
    }
    byte[] single = Lame.encode(sound, options);
    FrameIndex whole = Mp3Scanner.scan(ByteSource.of(single)).orThrow().index();
    PieceReader reader = PieceReader.of(files);
    return switch (ChunkJoiner.join(chunks, ChunkJoiner.Proof.CONTENT, reader)) {
      case ChunkJoiner.Outcome.Joined joined -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        joined.file(scans.getFirst().tag()).writeTo(Channels.newChannel(out), reader);
        byte[] file = out.toByteArray();
        assertThat(joined.index().count()).isEqualTo(whole.count());
        assertThat(joined.index().gapless()).isEqualTo(whole.gapless());
        assertThat(ReservoirCheck.check(joined.index())).isEmpty();
        Mp3Scan again = Mp3Scanner.scan(ByteSource.of(file)).orThrow();
        assertThat(again.index()).isEqualTo(joined.index());
        XingTag tag = again.tag();
        assertThat(tag).isNotNull();
        assertThat(tag.musicCrc()).isEqualTo(again.index().musicCrc());
        assertThat(Lame.packets(file)).isEqualTo(whole.count());
        boolean equal = Arrays.equals(Lame.decode(file), Lame.decode(single));
        assertThat(equal || !joined.identical()).as(profile + " is identical as promised").isTrue();
        yield equal;
      }
      case ChunkJoiner.Outcome.NoSeam _ -> false;
    };
  }
}
