package io.castloom.worker.stages;

import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.mp3.ChunkJoiner;
import io.castloom.bitstream.mp3.ChunkPlan.Span;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.service.tasks.TaskContext;
import io.castloom.worker.cache.DiskCache;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins segments into one rendition that decodes to the samples of a single pass. Where no seam is
 * found, the segment is encoded again with twice and then four times the pre-roll, at last
 * everything in a single pass: there is never a wrong join. Segments that are gone, or of another
 * build of the encoder than this one, are encoded again as well.
 */
final class JoinStage {

  private static final Logger LOG = LoggerFactory.getLogger(JoinStage.class);
  private static final int DOUBLINGS = 2;

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
      facts.put("proof", segments.identical ? "samples" : "content");
      Product product = pieces.publish(key, spec.profile(), output, seconds, facts, context);
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
    private final List<Span> spans;
    private final List<Path> files = new ArrayList<>();
    private final List<DiskCache.Held> held = new ArrayList<>();
    private int joined = 1;
    private boolean identical = true;

    private Segments(TaskSpec.Join spec, double gain, Scratch scratch) {
      this.spec = spec;
      this.gain = gain;
      this.scratch = scratch;
      this.encoder = new SegmentEncoder(bench, spec.sound(), spec.profile());
      this.spans = new ArrayList<>(encoder.spans(spec.segments().size()));
    }

    private Path join() throws IOException, InterruptedException, StageFailure {
      for (int i = 0; i < spans.size(); i++) {
        files.add(stored(spec.segments().get(i), i));
      }
      int[] doublings = new int[spans.size()];
      while (true) {
        Map<String, FileSource> sources = new HashMap<>();
        try {
          List<Mp3Scan> scans = new ArrayList<>();
          List<ChunkJoiner.Chunk> chunks = new ArrayList<>();
          for (int i = 0; i < spans.size(); i++) {
            String name = files.get(i).toString();
            scans.add(Pieces.scan(files.get(i)));
            sources.put(name, FileSource.open(files.get(i)));
            chunks.add(new ChunkJoiner.Chunk(scans.get(i).piece(name), spans.get(i).startFrame()));
          }
          PieceReader reader = PieceReader.of(sources);
          switch (ChunkJoiner.join(chunks, proof(), reader)) {
            case ChunkJoiner.Outcome.Joined done -> {
              Path output = scratch.file("joined.mp3");
              try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(output))) {
                done.file(scans.getFirst().tag()).writeTo(out, reader);
              }
              joined = spans.size();
              identical = done.identical();
              return output;
            }
            case ChunkJoiner.Outcome.NoSeam(int chunk, String reason) -> {
              LOG.warn("{} of {}: {}", spec.profile().name(), spec.original().sha256(), reason);
              Span wider = encoder.withDoubledPreRoll(spans.get(chunk));
              if (doublings[chunk]++ == DOUBLINGS || wider.equals(spans.get(chunk))) {
                return singlePass();
              }
              spans.set(chunk, wider);
              files.set(chunk, encoded(chunk, "again-" + chunk + "-" + doublings[chunk]));
            }
          }
        } finally {
          for (FileSource source : sources.values()) {
            source.close();
          }
        }
      }
    }

    /**
     * A variable bit rate cannot promise the samples of a single pass where the reservoir may have
     * limited a frame, which a few minutes of speech have now and then. It still proves that both
     * encoders had made the same of the sound at each seam, and that is enough: to refuse would
     * leave most long recordings to a single worker.
     */
    private ChunkJoiner.Proof proof() {
      return switch (spec.profile().rate()) {
        case Profile.Rate.Quality _ -> ChunkJoiner.Proof.CONTENT;
        case Profile.Rate.Bitrate _, Profile.Rate.Lossless _ -> ChunkJoiner.Proof.SAMPLES;
      };
    }

    private Path stored(String key, int number)
        throws IOException, InterruptedException, StageFailure {
      if (SegmentStage.encoderOf(key).equals(bench.tools().encoderBuild())) {
        try {
          DiskCache.Held segment = bench.cache().hold(key);
          held.add(segment);
          return segment.file();
        } catch (NoSuchObjectException e) {
          LOG.warn("segment {} is gone and is encoded again", key);
        }
      }
      return encoded(number, "missing-" + number);
    }

    private Path encoded(int number, String name)
        throws IOException, InterruptedException, StageFailure {
      bench.listener().encodedAgain("segment");
      Path file = scratch.file(name + ".mp3");
      encoder.encode(spans.get(number), gain, file, scratch, at -> {});
      return file;
    }

    private Path singlePass() throws IOException, InterruptedException, StageFailure {
      bench.listener().encodedAgain("all");
      Path file = scratch.file("single.mp3");
      encoder.encode(null, gain, file, scratch, at -> {});
      return file;
    }

    @Override
    public void close() throws IOException {
      for (DiskCache.Held segment : held) {
        segment.close();
      }
    }
  }
}
