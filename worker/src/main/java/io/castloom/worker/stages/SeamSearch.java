package io.castloom.worker.stages;

import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.mp3.ChunkJoiner;
import io.castloom.bitstream.mp3.ChunkPlan.Span;
import io.castloom.worker.stages.StoredSegments.Scanned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a start from which a segment comes into the very state of the one before it. At a
 * variable bit rate that is a matter of chance for each start: from another one the reservoirs
 * differ by another number of bytes, and only some of them ever become equal. Only the stretch
 * before the seam is encoded for it, some seconds of sound.
 */
final class SeamSearch {

  private final SegmentEncoder encoder;
  private final double gainDb;
  private final Scratch scratch;
  private int probes;

  SeamSearch(SegmentEncoder encoder, double gainDb, Scratch scratch) {
    this.encoder = encoder;
    this.gainDb = gainDb;
    this.scratch = scratch;
  }

  /**
   * The segment with the first start that does, among those that are afforded.
   *
   * @param left the segment before it
   * @return null when there is none
   */
  @Nullable Span find(Scanned left, SegmentSpans spans, int segment)
      throws IOException, InterruptedException, StageFailure {
    Span before = spans.span(segment - 1);
    Span cut = spans.cut(segment);
    for (Span start : encoder.earlier(cut)) {
      Span probe =
          new Span(
              start.startSample(),
              SegmentSpans.end(before) - start.startSample(),
              start.startFrame(),
              false);
      if (start.startFrame() <= before.startFrame() || !spans.spend(probe)) {
        return null;
      }
      if (meets(left, before, probe)) {
        return spans.spend(start) ? start : null;
      }
    }
    return null;
  }

  private boolean meets(Scanned left, Span before, Span probe)
      throws IOException, InterruptedException, StageFailure {
    Path file = scratch.file("probe-" + ++probes + ".mp3");
    encoder.encode(probe, gainDb, file, scratch, at -> {});
    try (FileSource a = FileSource.open(left.file());
        FileSource b = FileSource.open(file)) {
      return ChunkJoiner.meets(
          new ChunkJoiner.Chunk(left.scan().piece("left"), before.startFrame()),
          new ChunkJoiner.Chunk(Pieces.scan(file).piece("right"), probe.startFrame()),
          PieceReader.of(Map.of("left", a, "right", b)));
    } finally {
      Files.delete(file);
    }
  }
}
