package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp3.ReservoirCheck;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.bitstream.ogg.OpusStream;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.PieceGrid;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an episode's file is held against: its pieces' samples as ffmpeg decodes them, its index,
 * jumps, chapters, and programs that others wrote.
 */
final class Judges {

  /**
   * Behind a cut a decoder goes on from the loudness of each band that stood before it, and forgets
   * a third to a half of that with each packet of 20 ms (RFC 6716, 4.3.2.1). On noise that is cut
   * at its full level 0.26 of full scale are left after 40 ms, 0.1 after 80, 0.03 after 120.
   */
  private static final int OPUS_SETTLES = 9_600;

  /** The transform's overlap of a granule, 576, and what the filter bank remembers, 480. */
  private static final int MP3_SETTLES = 1_056;

  private static final double OPUS_TOLERANCE = 0.01;

  /** The most that delay and padding at both ends can keep from a comparison. */
  private static final int EDGES_SAMPLES = 5_000;

  private final Tools tools;
  private final PieceShelf shelf;
  private final DraftEpisode draft;
  private final Profile profile;

  Judges(Tools tools, PieceShelf shelf, DraftEpisode draft) {
    this.tools = tools;
    this.shelf = shelf;
    this.draft = draft;
    this.profile = draft.profile();
  }

  void check(Path file, Timeline timeline) throws IOException, InterruptedException {
    double tolerance = profile.codec() == Codec.OPUS ? OPUS_TOLERANCE : 0;
    checkSamples(file, timeline, tolerance);
    switch (profile.codec()) {
      case MP3 -> checkMp3(file, timeline);
      case AAC, WAV -> assertThat(tools.packets(file)).isEqualTo(timeline.frames());
      case OPUS -> checkOpus(file, timeline);
      case FLAC -> checkFlac(file, timeline);
    }
    new Seeking(tools, profile, tolerance).check(file, timeline);
    new ChapterSound(tools, profile.channels(), tolerance)
        .check(file, timeline, draft.episode().chapters(), shelf.file(draft.body()));
  }

  private void checkSamples(Path file, Timeline timeline, double tolerance)
      throws IOException, InterruptedException {
    int settles =
        switch (profile.codec()) {
          case MP3 -> MP3_SETTLES;
          case AAC, WAV -> -1;
          case OPUS -> OPUS_SETTLES;
          case FLAC -> 0;
        };
    SameSamples.Found found =
        new SameSamples(tools, profile.channels(), settles).compare(file, timeline, shelf::file);
    if (tolerance > 0) {
      assertThat(found.greatest()).as(found.where().toString()).isLessThan(tolerance);
    } else {
      assertThat(found.where()).as(draft.toString()).isEmpty();
    }
    // ffmpeg plays the padding in the last unit of every M4A, its own ones too.
    long padding = profile.codec() == Codec.AAC ? 1_023 : 0;
    assertThat(found.samples()).isBetween(timeline.samples(), timeline.samples() + padding);
    PieceGrid grid = timeline.segments().getFirst().grid();
    // a piece begins within its delay at worst, and ends within its padding
    int atCut = Math.max(settles, grid.startSkip()) + grid.frameSamples();
    long left = (long) timeline.segments().size() * atCut + EDGES_SAMPLES;
    assertThat(found.compared()).isGreaterThanOrEqualTo(found.samples() - left);
  }

  private void checkMp3(Path file, Timeline timeline) throws IOException, InterruptedException {
    assertThat(tools.packets(file)).isEqualTo(timeline.frames());
    try (FileSource source = FileSource.open(file)) {
      FrameIndex index = Mp3Scanner.scan(source).orThrow().index();
      assertThat((long) index.count()).isEqualTo(timeline.frames());
      assertThat(ReservoirCheck.check(index)).isEmpty();
    }
    Programs.require("mp3val");
    assertThat(Tools.run(List.of("mp3val", file.toString())))
        .contains("INFO")
        .doesNotContain("WARNING")
        .doesNotContain("ERROR");
    Programs.require("mpg123");
    assertThat(Tools.run(List.of("mpg123", "-t", file.toString())))
        .doesNotContainIgnoringCase("frankenstein")
        .doesNotContainIgnoringCase("resync")
        .doesNotContainIgnoringCase("warning")
        .doesNotContainIgnoringCase("error");
  }

  private void checkOpus(Path file, Timeline timeline) throws IOException, InterruptedException {
    try (FileSource source = FileSource.open(file)) {
      OpusStream stream = OpusStream.read(source).orThrow();
      assertThat(tools.packets(file)).isEqualTo(stream.packets());
      assertThat(stream.totalSamples()).isEqualTo(timeline.frames() * OpusPiece.UNIT_SAMPLES);
    }
    Programs.require("opusinfo");
    assertThat(Tools.run(List.of("opusinfo", file.toString()))).doesNotContain("WARNING");
  }

  private void checkFlac(Path file, Timeline timeline) throws IOException, InterruptedException {
    for (LaidSegment laid : timeline.segments()) {
      long cue = Math.round(laid.segment().from().toNanos() * profile.sampleRate() / 1e9);
      assertThat((long) laid.fromFrame()).isEqualTo(cue);
    }
    Programs.require("flac");
    Tools.run(List.of("flac", "-t", "-s", file.toString()));
  }
}
