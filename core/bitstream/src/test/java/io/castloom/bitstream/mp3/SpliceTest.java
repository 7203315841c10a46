package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
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
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cuts at random frames, joined again, decode to exactly what was there before. */
final class SpliceTest {
  private static final int RUNS = Integer.getInteger("castloom.proof.runs", 1);
  private static final long SEED = Long.getLong("castloom.proof.seed", 7);

  /** Version 2.4 with a title: mp3val warns about files without any tag. */
  private static final String ID3 = "ID3\4\0\0\0\0\0\15TIT2\0\0\0\3\0\0\0Hi";

  private record Profile(int rateHz, int channels, String options) {}

  private static final List<Profile> PROFILES =
      List.of(
          new Profile(44_100, 2, "-b:a 128k"),
          new Profile(44_100, 1, "-b:a 64k"),
          new Profile(44_100, 2, "-q:a 4"),
          new Profile(44_100, 2, "-q:a 0"),
          new Profile(48_000, 2, "-b:a 256k"),
          new Profile(44_100, 2, "-b:a 320k -reservoir 0"),
          new Profile(22_050, 1, "-b:a 32k"),
          new Profile(24_000, 2, "-b:a 96k"),
          new Profile(11_025, 1, "-b:a 16k"));

  @Test
  void random_cuts_joined_again_decode_to_the_same_samples() throws Exception {
    Judge.require("ffmpeg", "ffprobe", "mp3val", "mpg123");
    for (int run = 0; run < RUNS; run++) {
      for (Profile profile : PROFILES) {
        Random random = new Random(SEED + run);
        Sound sound =
            Sound.recording(
                SEED + run, profile.rateHz(), profile.channels(), profile.rateHz() * 20);
        byte[] mp3 = Lame.encode(sound, profile.options().split(" "));
        Cut cut = cutAndJoin(mp3, random, 20);
        assertThat(cut.index().count()).isEqualTo(Lame.packets(mp3));
        assertThat(Lame.decode(cut.file().toArray()))
            .as(profile.toString())
            .isEqualTo(Lame.decode(mp3));
        judge(cut);
      }
    }
  }

  @Test
  void frames_with_checksums_keep_them_right() throws Exception {
    Judge.require("ffmpeg", "ffprobe", "mp3val", "mpg123");
    byte[] mp3 =
        Lame.encode(
            Sound.recording(SEED, 44_100, 2, 44_100 * 15), "-b:a", "128k", "-reservoir", "0");
    byte[] guarded = Guarded.of(mp3);
    assertThat(Lame.decode(guarded)).isEqualTo(Lame.decode(mp3));
    Cut cut = cutAndJoin(guarded, new Random(SEED), 15);
    Path file = Files.createTempFile("guarded", ".mp3");
    Files.write(file, cut.file().toArray());
    Judge.Verdict verdict =
        Judge.mustRun(
            "ffmpeg",
            "-v",
            "warning",
            "-xerror",
            "-err_detect",
            "crccheck+explode",
            "-i",
            file.toString(),
            "-f",
            "f32le",
            "-");
    Files.delete(file);
    assertThat(verdict.errors()).isBlank();
    assertThat(verdict.output().toArray()).isEqualTo(Lame.decode(mp3));
  }

  @Test
  void slices_of_unlike_pieces_are_refused() throws Exception {
    Judge.require("ffmpeg");
    byte[] stereo = Lame.encode(Sound.recording(1, 44_100, 2, 44_100), "-b:a", "128k");
    byte[] mono = Lame.encode(Sound.recording(1, 44_100, 1, 44_100), "-b:a", "64k");
    Slice a = Slice.whole(Mp3Scanner.scan(ByteSource.of(stereo)).orThrow().piece("a"));
    Slice b = Slice.whole(Mp3Scanner.scan(ByteSource.of(mono)).orThrow().piece("b"));
    PieceReader reader =
        PieceReader.of(Map.of("a", ByteSource.of(stereo), "b", ByteSource.of(mono)));
    assertThat(Splicer.splice(List.of(a, b), reader))
        .isEqualTo(
            new SpliceOutcome.Mismatch(
                1,
                "Piece b is 44100 Hz MONO, the first is 44100 Hz JOINT_STEREO: conform it first"));
  }

  @Test
  void successive_frames_of_one_piece_are_not_cut() throws Exception {
    Judge.require("ffmpeg");
    byte[] mp3 = Lame.encode(Sound.recording(1, 44_100, 2, 441_000), "-b:a", "128k");
    Piece piece = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow().piece("a");
    SpliceOutcome outcome =
        Splicer.splice(
            List.of(new Slice(piece, 0, 100), new Slice(piece, 100, piece.index().count())),
            (name, offset, length) -> {
              throw new IOException("nothing needs to be read");
            });
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SpliceOutcome.Spliced.class,
            spliced -> assertThat(spliced.audio().literalBytes()).isZero());
  }

  private record Cut(Bytes file, FrameIndex index) {}

  private static Cut cutAndJoin(byte[] mp3, Random random, int cuts) throws IOException {
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
    FrameIndex index = scan.index();
    assertThat(ReservoirCheck.check(index)).isEmpty();
    List<Slice> slices = new ArrayList<>();
    int from = 0;
    for (int wished : random.ints(cuts, 1, index.count() - 1).sorted().distinct().toArray()) {
      int frame = Cuts.nearest(index, wished);
      // near the largest slot of a version fewer frames can be entered
      int farthest = index.kbps(wished) >= 256 || index.kbps(0) >= 256 ? 20 : 2;
      assertThat(frame).isBetween(wished - farthest, wished + farthest);
      if (frame > from) {
        slices.add(new Slice(scan.piece("piece-" + slices.size() % 2), from, frame));
        from = frame;
      }
    }
    slices.add(new Slice(scan.piece("piece-" + slices.size() % 2), from, index.count()));
    ByteSource source = ByteSource.of(mp3);
    PieceReader reader = PieceReader.of(Map.of("piece-0", source, "piece-1", source));
    return switch (Splicer.splice(slices, reader)) {
      case SpliceOutcome.Spliced spliced -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        spliced.file(Bytes.latin1(ID3), scan.tag()).writeTo(Channels.newChannel(out), reader);
        assertThat(spliced.audio().literalBytes() / slices.size()).isLessThan(8_000);
        yield new Cut(Bytes.adopt(out.toByteArray()), spliced.index());
      }
      case SpliceOutcome.CannotCut refused -> throw new AssertionError(refused);
      case SpliceOutcome.Mismatch refused -> throw new AssertionError(refused);
    };
  }

  private static void judge(Cut cut) throws IOException {
    Mp3Scan again = Mp3Scanner.scan(ByteSource.of(cut.file().toArray())).orThrow();
    assertThat(again.index()).isEqualTo(cut.index());
    assertThat(ReservoirCheck.check(again.index())).isEmpty();
    XingTag tag = again.tag();
    assertThat(tag).isNotNull();
    assertThat(tag.musicCrc()).isEqualTo(again.index().musicCrc());
    assertThat(Lame.packets(cut.file().toArray())).isEqualTo(cut.index().count());
    Path file = Files.createTempFile("judge", ".mp3");
    Files.write(file, cut.file().toArray());
    assertThat(Judge.mustRun("mp3val", file.toString()).text())
        .contains("INFO")
        .doesNotContain("WARNING")
        .doesNotContain("ERROR");
    String mpg123 = Judge.mustRun("mpg123", "-t", file.toString()).errors();
    assertThat(mpg123).doesNotContainIgnoringCase("frankenstein").doesNotContain("resync");
    Files.delete(file);
  }
}
