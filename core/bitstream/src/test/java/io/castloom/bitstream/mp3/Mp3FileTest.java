package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.id3.Id3Frame;
import io.castloom.bitstream.id3.Id3Tag;
import io.castloom.bitstream.id3.Id3Version;
import io.castloom.bitstream.id3.Id3Writer;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class Mp3FileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Id3Version.class)
  void chapters_tags_and_cover_are_seen_by_others(Id3Version version) throws Exception {
    Judge.require("ffmpeg", "ffprobe", "mp3val", "mpg123");
    byte[] mp3 = Lame.encode(Sound.recording(1, 44_100, 2, 44_100 * 12), "-b:a", "128k");
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
    Id3Tag tag =
        Id3Tag.of(
                Id3Frame.Text.of("TIT2", "Folge über alles"),
                new Id3Frame.UserText("castloom", "1"),
                new Id3Frame.Picture(
                    "image/png",
                    Id3Frame.Picture.COVER,
                    "",
                    Bytes.copyOf(Files.readAllBytes(cover))))
            .withChapters(
                List.of(
                    Id3Tag.Mark.of(Duration.ZERO, "Intro"),
                    Id3Tag.Mark.of(Duration.ofMillis(4_250), "Größe"),
                    Id3Tag.Mark.of(Duration.ofMillis(9_000), "Outro")),
                Duration.ofSeconds(12));
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
    PieceReader reader = PieceReader.of(Map.of("a", ByteSource.of(mp3)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (Splicer.splice(List.of(Slice.whole(scan.piece("a"))), reader)) {
      case SpliceOutcome.Spliced spliced ->
          spliced
              .file(Id3Writer.write(tag, version, 64), scan.tag())
              .writeTo(Channels.newChannel(out), reader);
      case SpliceOutcome.CannotCut refused -> throw new AssertionError(refused);
      case SpliceOutcome.Mismatch refused -> throw new AssertionError(refused);
    }
    Path file = Files.write(folder.resolve("episode.mp3"), out.toByteArray());
    String said =
        Judge.mustRun(
                "ffprobe",
                "-v",
                "error",
                "-show_chapters",
                "-show_format",
                "-show_streams",
                file.toString())
            .text();
    assertThat(said)
        .contains(
            "start_time=0.000000",
            "end_time=4.250000",
            "end_time=9.000000",
            "end_time=12.000000",
            "TAG:title=Intro",
            "TAG:title=Größe",
            "TAG:title=Outro",
            "TAG:title=Folge über alles",
            "codec_name=png");
    assertThat(said.split("\\[CHAPTER]")).hasSize(4);
    assertThat(Judge.mustRun("mp3val", file.toString()).text())
        .contains("ID3v2", "INFO")
        .doesNotContain("WARNING");
    assertThat(Judge.mustRun("mpg123", "-t", file.toString()).errors())
        .doesNotContainIgnoringCase("frankenstein");
    assertThat(Mp3Scanner.scan(ByteSource.of(out.toByteArray())).orThrow().index())
        .isEqualTo(scan.index());
  }
}
