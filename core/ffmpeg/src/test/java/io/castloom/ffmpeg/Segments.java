package io.castloom.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.mp3.ChunkJoiner;
import io.castloom.bitstream.mp3.ChunkPlan;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StageTools.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recording encoded in segments that are joined, as workers do it. */
record Segments(Path folder, Path wav, SourceMedia media, Profile profile) {

  /** What became of a join, and how often a segment was encoded again for it. */
  record Result(ChunkJoiner.Outcome outcome, int again) {}

  /** Joins, with four and sixteen times the pre-roll where no seam is found. */
  Result join(int parts, ChunkJoiner.Proof proof, Path joined) throws Exception {
    int rate = profile.sampleRate();
    ChunkPlan plan =
        profile.rate() instanceof Profile.Rate.Bitrate(int kbps)
            ? ChunkPlan.constant(media.sampleRate(), rate, kbps)
            : ChunkPlan.variable(media.sampleRate(), rate);
    long total = Math.ceilDiv(media.samples() * rate, media.sampleRate());
    List<ChunkPlan.Span> cut = plan.cutInto(total, parts);
    List<ChunkPlan.Span> spans = new ArrayList<>(cut);
    int[] tries = new int[parts];
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      files.add(encoded(spans.get(i), "part-" + i));
    }
    int again = 0;
    while (true) {
      List<ChunkJoiner.Chunk> chunks = new ArrayList<>();
      Mp3Scan first = scan(files.getFirst());
      for (int i = 0; i < parts; i++) {
        Path file = files.get(i);
        chunks.add(
            new ChunkJoiner.Chunk(scan(file).piece(file.toString()), spans.get(i).startFrame()));
      }
      PieceReader reader = (piece, offset, length) -> read(Path.of(piece), offset, length);
      switch (ChunkJoiner.join(chunks, proof, reader)) {
        case ChunkJoiner.Outcome.Joined done -> {
          done.file(first.tag()).writeTo(joined, reader);
          return new Result(done, again);
        }
        case ChunkJoiner.Outcome.NoSeam none -> {
          int times = 4 << (2 * tries[none.chunk()]);
          ChunkPlan.Span wider = plan.withPreRoll(cut.get(none.chunk()), times);
          if (tries[none.chunk()]++ == 2 || wider.equals(spans.get(none.chunk()))) {
            return new Result(none, again);
          }
          again++;
          spans.set(none.chunk(), wider);
          files.set(none.chunk(), encoded(wider, "again-" + again));
        }
      }
    }
  }

  private Path encoded(ChunkPlan.Span span, String name) throws Exception {
    Path part = folder.resolve(name + ".mp3");
    int rate = profile.sampleRate();
    Span stretch = new Span(span.startMicros(rate), span.last() ? -1 : span.lengthMicros(rate));
    EncodeRequest request = new EncodeRequest(wav, media, profile, 0, part);
    assertThat(Sounds.TOOLS.encodePart(request, stretch, s -> {}))
        .isInstanceOf(EncodeOutcome.Encoded.class);
    return part;
  }

  private static Mp3Scan scan(Path file) throws IOException {
    try (FileSource source = FileSource.open(file)) {
      return Mp3Scanner.scan(source).orThrow();
    }
  }

  private static byte[] read(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {}
      return buffer.array();
    }
  }
}
