package io.castloom.worker.stages;

import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.mp3.ChunkJoiner;
import io.castloom.bitstream.mp3.ChunkPlan.Span;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.media.PieceKey;
import io.castloom.service.tasks.TaskContext;
import io.castloom.worker.stages.StoredSegments.Scanned;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins segments into one rendition that decodes to the samples of a single pass. Where no seam is
 * found, an earlier start of the segment is looked for from which there is one; else it is encoded
 * as one with the segment before it, at last everything in a single pass: there is never a wrong
 * join. Segments that are gone, or of another build of the encoder than this one, are encoded again
 * as well.
 */
final class JoinStage {

  private static final Logger LOG = LoggerFactory.getLogger(JoinStage.class);

  private final Workbench bench;
  private final Loudness loudness;
  private final Pieces pieces;

  JoinStage(Workbench bench) {
    this.bench = bench;
    this.loudness = new Loudness(bench);
    this.pieces = new Pieces(bench.store());
  }

  TaskOutcome join(TaskSpec.Join spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Instant begun = bench.clock().instant();
    double gain = loudness.gainDb(spec.original(), spec.profile());
    PieceKey key =
        PieceKey.of(spec.original().sha256(), spec.profile(), bench.tools().encoderBuild());
    Optional<Product> earlier = pieces.stored(key, spec.profile());
    if (earlier.isPresent()) {
      return new TaskOutcome.Produced(List.of(earlier.get()));
    }
    try (Scratch scratch = new Scratch(bench);
        Segments segments = new Segments(spec, gain, scratch)) {
      Path output =
          new Labelling(bench.store()).labelled(segments.join(), spec.original(), spec.profile());
      double seconds = spec.sound().media().duration().toNanos() / 1e9;
      Map<String, String> facts = new HashMap<>();
      facts.putAll(EncodeStage.facts(spec.original().media(), gain, seconds));
      facts.put("segments", Integer.toString(segments.joined));
      Pieces.Rendered rendered = new Pieces.Rendered(output, seconds, segments.index);
      Product product = pieces.publish(key, spec.profile(), rendered, facts, context);
      Duration took = Duration.between(begun, bench.clock().instant());
      bench.listener().worked("join", spec.profile().name(), seconds, took);
      clear(spec.segments());
      return new TaskOutcome.Produced(List.of(product));
    }
  }

  /** Segments have served; those that stay behind are removed with everything of their age. */
  private void clear(List<String> segments) {
    try {
      bench.store().deleteAll(segments);
    } catch (IOException e) {
      LOG.info("segments stay behind: {}", e.toString());
    }
  }

  /** The segments of one join, here on disk. */
  private final class Segments implements AutoCloseable {
    private final TaskSpec.Join spec;
    private final double gain;
    private final Scratch scratch;
    private final SegmentEncoder encoder;
    private final SegmentSpans spans;
    private final SeamSearch search;
    private final StoredSegments stored = new StoredSegments(bench.cache());
    private final List<Scanned> segments = new ArrayList<>();
    private @Nullable FrameIndex index;
    private int joined = 1;
    private int repairs;

    private Segments(TaskSpec.Join spec, double gain, Scratch scratch) {
      this.spec = spec;
      this.gain = gain;
      this.scratch = scratch;
      this.encoder = new SegmentEncoder(bench, spec.sound(), spec.profile());
      this.spans = new SegmentSpans(encoder.spans(spec.segments().size()));
      this.search = new SeamSearch(encoder, gain, scratch);
    }

    private Path join() throws IOException, InterruptedException, StageFailure {
      begin();
      while (true) {
        Map<String, FileSource> sources = new HashMap<>();
        try {
          List<ChunkJoiner.Chunk> chunks = new ArrayList<>();
          for (int i = 0; i < spans.count(); i++) {
            Scanned segment = segments.get(i);
            String name = segment.file().toString();
            sources.put(name, FileSource.open(segment.file()));
            chunks.add(
                new ChunkJoiner.Chunk(segment.scan().piece(name), spans.span(i).startFrame()));
          }
          PieceReader reader = PieceReader.of(sources);
          switch (ChunkJoiner.join(chunks, reader)) {
            case ChunkJoiner.Outcome.Joined done -> {
              Path output = scratch.file("joined.mp3");
              done.file(segments.getFirst().scan().tag()).writeTo(output, reader);
              joined = spans.count();
              index = done.index();
              return output;
            }
            case ChunkJoiner.Outcome.NoSeam(int chunk, String reason) -> {
              LOG.warn("{} of {}: {}", spec.profile().name(), spec.original().sha256(), reason);
              if (!mend(chunk)) {
                return singlePass();
              }
            }
          }
        } finally {
          for (FileSource source : sources.values()) {
            source.close();
          }
        }
      }
    }

    /** Gets rid of a missing seam; false when everything is to be encoded in a single pass. */
    private boolean mend(int chunk) throws IOException, InterruptedException, StageFailure {
      Span earlier =
          spans.beginSearch(chunk) ? search.find(segments.get(chunk - 1), spans, chunk) : null;
      if (earlier != null) {
        spans.begin(chunk, earlier);
        segments.set(chunk, encoded(earlier, "again-" + ++repairs));
        return true;
      }
      Span united = spans.unite(chunk - 1);
      if (united != null) {
        segments.remove(chunk);
        segments.set(chunk - 1, encoded(united, "united-" + ++repairs));
      }
      return united != null;
    }

    /** All segments, those encoded again that are gone or of another build. */
    private void begin() throws IOException, InterruptedException, StageFailure {
      String build = bench.tools().encoderBuild();
      List<String> own =
          spec.segments().stream().filter(k -> SegmentStage.encoderOf(k).equals(build)).toList();
      Iterator<Optional<Scanned>> fetched = stored.fetch(own).iterator();
      for (int i = 0; i < spans.count(); i++) {
        String key = spec.segments().get(i);
        Optional<Scanned> segment = Optional.empty();
        if (SegmentStage.encoderOf(key).equals(build)) {
          segment = fetched.next();
          if (segment.isEmpty()) {
            LOG.warn("segment {} is gone and is encoded again", key);
          }
        }
        segments.add(segment.isPresent() ? segment.get() : encoded(spans.span(i), "missing-" + i));
      }
    }

    private Scanned encoded(Span span, String name)
        throws IOException, InterruptedException, StageFailure {
      bench.listener().encodedAgain("segment");
      Path file = scratch.file(name + ".mp3");
      encoder.encode(span, gain, file, scratch, at -> {});
      return Scanned.of(file);
    }

    private Path singlePass() throws IOException, InterruptedException, StageFailure {
      bench.listener().encodedAgain("all");
      Path file = scratch.file("single.mp3");
      encoder.encode(null, gain, file, scratch, at -> {});
      return file;
    }

    @Override
    public void close() throws IOException {
      stored.close();
    }
  }
}
