package io.castloom.worker.stages;

import io.castloom.bitstream.mp3.ChunkPlan.Span;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.tasks.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes one segment of a long original, with its overlap, for {@link JoinStage}. */
final class SegmentStage {

  private final Workbench bench;
  private final Loudness loudness;
  private final EncoderClaim claim;

  SegmentStage(Workbench bench) {
    this.bench = bench;
    this.loudness = new Loudness(bench);
    this.claim = new EncoderClaim(bench);
  }

  TaskOutcome encode(TaskSpec.Segment spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Optional<String> other = claim.heldByOther(spec.original().sha256(), spec.profile());
    if (other.isPresent()) {
      return new TaskOutcome.Postponed(
          "this instance encodes with %s, the recording was begun with %s"
              .formatted(bench.tools().encoderBuild(), other.get()),
          Duration.ofSeconds(30));
    }
    double gain = loudness.gainDb(spec.original(), spec.profile());
    SegmentEncoder encoder = new SegmentEncoder(bench, spec.sound(), spec.profile());
    Span span = encoder.spans(spec.part().count()).get(spec.part().number());
    double length = Math.max(1, span.samples()) / (double) spec.profile().sampleRate();
    Instant begun = bench.clock().instant();
    String key = key(spec, bench.tools().encoderBuild());
    try (Scratch scratch = new Scratch(bench)) {
      Path output = scratch.file("segment.mp3");
      encoder.encode(span, gain, output, scratch, at -> context.progress(at / length));
      if (!context.publishable()) {
        throw StageFailure.leaseInDoubt();
      }
      bench.store().put(key, ObjectData.of(output, "audio/mpeg"), PutCondition.ifAbsent());
      long bytes = Files.size(output);
      // Who joins finds here what it encoded itself.
      bench.cache().keep(key, output);
      Duration took = Duration.between(begun, bench.clock().instant());
      bench.listener().worked("segment", spec.profile().name(), length, took);
      return new TaskOutcome.Produced(
          List.of(
              new Product(
                  "segment",
                  key,
                  bytes,
                  "audio/mpeg",
                  Map.of("encoder", bench.tools().encoderBuild()))));
    }
  }

  private static String key(TaskSpec.Segment spec, String encoder) {
    return "work/%s/segments/%s/%s/%03d-of-%03d.mp3"
        .formatted(
            spec.original().sha256(),
            spec.profile().key(),
            encoder,
            spec.part().number(),
            spec.part().count());
  }

  /** The encoder's build that a segment's key names. */
  static String encoderOf(String key) {
    String[] parts = key.split("/");
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }
}
