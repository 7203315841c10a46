package io.castloom.worker.stages;

import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StageTools.UnpackOutcome;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.tasks.TaskContext;
import io.castloom.worker.cache.DiskCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Decodes an original that cannot be cut at exact samples to FLAC, once for all the segments. The
 * file is between stages only and lies under {@code work/}, which the bucket empties after a week.
 */
final class UnpackStage {

  private final Workbench bench;

  UnpackStage(Workbench bench) {
    this.bench = bench;
  }

  TaskOutcome unpack(TaskSpec.Unpack spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    SourceMedia media = spec.original().media();
    String build = bench.tools().encoderBuild();
    String key = "work/%s/unpacked/%s.flac".formatted(spec.original().sha256(), build);
    Instant begun = bench.clock().instant();
    try (Scratch scratch = new Scratch(bench);
        DiskCache.Held input = bench.cache().hold(spec.original().key())) {
      Path flac = scratch.file("unpacked.flac");
      double length = Math.max(0.001, media.duration().toNanos() / 1e9);
      UnpackOutcome outcome =
          bench
              .tools()
              .unpack(input.file(), media, flac, reached -> context.progress(reached / length));
      SourceMedia unpacked =
          switch (outcome) {
            case UnpackOutcome.Unpacked(SourceMedia found) -> found;
            case UnpackOutcome.Failed(var failure) -> {
              bench.listener().failed("unpack", failure);
              throw StageFailure.of(failure);
            }
          };
      if (!unpacked.seekExact() || unpacked.samples() < 1) {
        throw new StageFailure(
            new TaskOutcome.Rejected("no sound could be read from this file: it is damaged"));
      }
      if (!context.publishable()) {
        throw StageFailure.leaseInDoubt();
      }
      bench.store().put(key, ObjectData.of(flac, "audio/flac"), PutCondition.ifAbsent());
      Duration took = Duration.between(begun, bench.clock().instant());
      bench.listener().worked("unpack", "", unpacked.duration().toNanos() / 1e9, took);
      return new TaskOutcome.Produced(
          List.of(
              new Product(
                  "unpacked",
                  key,
                  Files.size(flac),
                  "audio/flac",
                  Map.of("samples", Long.toString(unpacked.samples()), "encoder", build),
                  unpacked)));
    }
  }
}
