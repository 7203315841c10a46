package io.castloom.worker.stages;

import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.MediaTools.Progress;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import io.castloom.service.tasks.TaskContext;
import io.castloom.worker.cache.DiskCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Encodes an original as a whole, with or without fades at its edges. */
final class EncodeStage {

  private final Workbench bench;
  private final Loudness loudness;
  private final Pieces pieces;

  EncodeStage(Workbench bench) {
    this.bench = bench;
    this.loudness = new Loudness(bench);
    this.pieces = new Pieces(bench.store());
  }

  TaskOutcome encode(TaskSpec.Encode spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Profile profile = spec.profile();
    PieceKey key = PieceKey.of(spec.original().sha256(), profile, bench.tools().encoderBuild());
    double gain = loudness.gainDb(spec.original(), profile);
    return run(
        "encode",
        spec.original(),
        profile,
        gain,
        key,
        context,
        (request, progress) -> bench.tools().encode(request, progress));
  }

  /** A short sound is measured right here, so that it needs no stage of its own. */
  TaskOutcome conform(TaskSpec.Conform spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Profile profile = spec.profile();
    PieceKey key =
        PieceKey.conformed(
            spec.original().sha256(), profile, spec.how(), bench.tools().encoderBuild());
    double gain =
        profile.loudnessLufs() == null
            ? 0
            : new AnalyseStage(bench).analysis(spec.original(), context).gainDb(profile);
    return run(
        "conform",
        spec.original(),
        profile,
        gain,
        key,
        context,
        (request, progress) -> bench.tools().conform(request, spec.how().fade(), progress));
  }

  private interface Run {
    EncodeOutcome with(EncodeRequest request, Progress progress)
        throws IOException, InterruptedException;
  }

  private TaskOutcome run(
      String stage,
      Original original,
      Profile profile,
      double gain,
      PieceKey key,
      TaskContext context,
      Run run)
      throws IOException, InterruptedException, StageFailure {
    SourceMedia media = original.media();
    Instant begun = bench.clock().instant();
    try (Scratch scratch = new Scratch(bench);
        DiskCache.Held input = bench.cache().hold(original.key())) {
      Path output = scratch.file("out." + profile.codec().extension());
      double length = Math.max(0.001, media.duration().toNanos() / 1e9);
      double seconds =
          seconds(
              stage,
              run.with(
                  new EncodeRequest(input.file(), media, profile, gain, output),
                  reached -> context.progress(reached / length)));
      Path labelled = new Labelling(bench.store()).labelled(output, original, profile);
      Product product =
          pieces.publish(
              key,
              profile,
              new Pieces.Rendered(labelled, seconds, null),
              facts(media, gain, seconds),
              context);
      bench
          .listener()
          .worked(stage, profile.name(), seconds, Duration.between(begun, bench.clock().instant()));
      return new TaskOutcome.Produced(List.of(product));
    }
  }

  private double seconds(String stage, EncodeOutcome outcome) throws StageFailure {
    return switch (outcome) {
      case EncodeOutcome.Encoded(double seconds) when seconds > 0 -> seconds;
      case EncodeOutcome.Encoded _ ->
          throw new StageFailure(
              new TaskOutcome.Rejected("no sound could be read from this file: it is damaged"));
      case EncodeOutcome.Failed(var failure) -> {
        bench.listener().failed(stage, failure);
        throw StageFailure.of(failure);
      }
    };
  }

  static Map<String, String> facts(SourceMedia media, double gain, double seconds) {
    Map<String, String> facts = new HashMap<>();
    double claimed = media.duration().toNanos() / 1e9;
    // Compressed formats bring up to a tenth of a second of their own padding.
    if (Math.abs(claimed - seconds) > Math.max(0.5, claimed * 0.01)) {
      facts.put(
          "warning",
          String.format(
              Locale.ROOT,
              "the file claims to play for %.1f s and holds %.1f s of sound",
              claimed,
              seconds));
    }
    if (gain != 0) {
      facts.put("gainDb", String.format(Locale.ROOT, "%.2f", gain));
    }
    return facts;
  }
}
