package io.castloom.worker.stages;

import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.TaskSpec.Part;
import io.castloom.domain.media.Analysis;
import io.castloom.domain.media.Listening;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.StageTools.ListenOutcome;
import io.castloom.domain.media.StageTools.Span;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import io.castloom.service.tasks.TaskContext;
import io.castloom.worker.cache.DiskCache;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Hears an original, as a whole or from the stored measurements of its parts, and stores what is to
 * be known of it once and for all: {@code analyses/<account>/<sha256>/analysis.json}, {@code
 * waveform.json} and {@code waveform.png}. The analysis goes last, so whoever finds it finds all.
 */
final class AnalyseStage {

  private final Workbench bench;
  private final Loudness loudness;

  AnalyseStage(Workbench bench) {
    this.bench = bench;
    this.loudness = new Loudness(bench);
  }

  TaskOutcome analyse(TaskSpec.Analyse spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Optional<Analysis> known = loudness.stored(spec.original());
    Analysis analysis =
        known.isPresent() ? known.get() : store(spec.original(), listening(spec, context), context);
    return new TaskOutcome.Produced(List.of(product(spec.original(), analysis)));
  }

  /** The stored analysis, or a new one. */
  Analysis analysis(Original original, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Optional<Analysis> known = loudness.stored(original);
    return known.isPresent() ? known.get() : store(original, whole(original, context), context);
  }

  /** Measures one part, to be put together by {@link #analyse}. */
  TaskOutcome measure(TaskSpec.Measure spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    String key =
        "work/%s/measured/%03d-of-%03d"
            .formatted(spec.original().sha256(), spec.part().number(), spec.part().count());
    int rate = spec.sound().media().sampleRate();
    long from = edge(spec.part(), spec.part().number(), spec.sound().media().samples(), rate);
    long to = edge(spec.part(), spec.part().number() + 1, spec.sound().media().samples(), rate);
    boolean last = spec.part().number() == spec.part().count() - 1;
    long early = Math.max(0, from - 3L * rate);
    byte[] heard;
    try (Scratch scratch = new Scratch(bench);
        Cut cut = Cut.of(bench, spec.sound(), early, last ? -1 : to - early, scratch)) {
      long base = cut.span() == null ? early : 0;
      Span span =
          new Span((from - base) * 1_000_000 / rate, last ? -1 : (to - from) * 1_000_000 / rate);
      heard = listen(cut.file(), cut.media(), span, scratch, context).encode();
    }
    if (!context.publishable()) {
      throw StageFailure.leaseInDoubt();
    }
    bench
        .store()
        .put(key, ObjectData.of(heard, "application/octet-stream"), PutCondition.ifAbsent());
    return new TaskOutcome.Produced(
        List.of(new Product("measured", key, heard.length, "application/octet-stream", Map.of())));
  }

  /** Parts meet on whole 100 ms, the grid of the loudness values. */
  private static long edge(Part part, int number, long samples, int rate) {
    if (number == part.count()) {
      return samples;
    }
    long tenths = Math.round((double) samples * number / part.count() / rate * 10);
    return tenths * rate / 10;
  }

  private Listening listening(TaskSpec.Analyse spec, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    if (spec.parts().isEmpty()) {
      return whole(spec.original(), context);
    }
    List<Listening> parts = new ArrayList<>();
    for (String key : spec.parts()) {
      try (ObjectContent content = bench.store().get(key, null)) {
        parts.add(Listening.decode(content.stream().readAllBytes()));
      }
    }
    return Listening.join(parts);
  }

  private Listening whole(Original original, TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    try (Scratch scratch = new Scratch(bench);
        DiskCache.Held input = bench.cache().hold(original.key())) {
      return listen(input.file(), original.media(), null, scratch, context);
    }
  }

  private Listening listen(
      java.nio.file.Path file,
      io.castloom.domain.media.SourceMedia media,
      @org.jspecify.annotations.Nullable Span span,
      Scratch scratch,
      TaskContext context)
      throws IOException, InterruptedException, StageFailure {
    Instant begun = bench.clock().instant();
    double length = Math.max(0.001, media.duration().toNanos() / 1e9);
    ListenOutcome outcome =
        bench
            .tools()
            .listen(file, media, span, scratch.folder(), at -> context.progress(at / length));
    return switch (outcome) {
      case ListenOutcome.Heard(Listening listening) -> {
        Duration took = Duration.between(begun, bench.clock().instant());
        bench.listener().worked("measure", "", listening.seconds(), took);
        yield listening;
      }
      case ListenOutcome.Failed(var failure) -> {
        bench.listener().failed("measure", failure);
        throw StageFailure.of(failure);
      }
    };
  }

  private Analysis store(Original original, Listening listening, TaskContext context)
      throws IOException, StageFailure {
    if (listening.seconds() <= 0) {
      throw new StageFailure(
          new TaskOutcome.Rejected("no sound could be read from this file: it is damaged"));
    }
    Analysis analysis = listening.judge();
    Waveform waveform = new Waveform(listening.peaks());
    if (!context.publishable()) {
      throw StageFailure.leaseInDoubt();
    }
    bench
        .store()
        .put(
            Analysis.waveformKey(original),
            ObjectData.of(waveform.json(), Json.MEDIA_TYPE),
            PutCondition.ifAbsent());
    bench
        .store()
        .put(
            Analysis.pictureKey(original),
            ObjectData.of(waveform.png(), "image/png"),
            PutCondition.ifAbsent());
    bench.store().put(Analysis.key(original), Json.data(analysis), PutCondition.ifAbsent());
    return analysis;
  }

  private static Product product(Original original, Analysis analysis) {
    Map<String, String> facts = new HashMap<>();
    facts.putAll(EncodeStage.facts(original.media(), 0, analysis.seconds()));
    facts.put("seconds", String.format(Locale.ROOT, "%.3f", analysis.seconds()));
    if (analysis.integratedLufs() != null) {
      facts.put("lufs", String.format(Locale.ROOT, "%.2f", analysis.integratedLufs()));
    }
    facts.put("truePeakDbtp", String.format(Locale.ROOT, "%.2f", analysis.truePeakDbtp()));
    return new Product("analysis", Analysis.key(original), 0, Json.MEDIA_TYPE, facts);
  }
}
