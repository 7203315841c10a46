package io.castloom.worker;

import io.castloom.domain.media.ToolFailure;
import io.castloom.worker.cache.DiskCache;
import io.castloom.worker.stages.StageListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts what stages and cache do. */
final class WorkerMetrics implements StageListener, DiskCache.CacheListener {

  private final MeterRegistry registry;

  WorkerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void worked(String stage, String profile, double seconds, Duration took) {
    Timer.builder("castloom.stage.duration")
        .description("Time that a stage took")
        .tags("stage", stage, "profile", profile)
        .publishPercentileHistogram()
        .register(registry)
        .record(took);
    if (!took.isZero()) {
      DistributionSummary.builder("castloom.stage.realtime.factor")
          .description("Seconds of sound that were worked on in a second")
          .tags("stage", stage, "profile", profile)
          .register(registry)
          .record(seconds / (took.toNanos() / 1e9));
    }
  }

  @Override
  public void failed(String stage, ToolFailure failure) {
    Counter.builder("castloom.ffmpeg.failures")
        .description("Runs of ffmpeg that gave no result, by who is to blame")
        .tags("stage", stage, "fault", failure.fault().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  @Override
  public void encodedAgain(String what) {
    Counter.builder("castloom.join.encoded.again")
        .description("Segments, or whole recordings, that a join had to encode again")
        .tag("what", what)
        .register(registry)
        .increment();
  }

  @Override
  public void hit(long bytes) {
    requests("hit").increment();
    this.bytes("saved").increment((double) bytes);
  }

  @Override
  public void miss(long bytes) {
    requests("miss").increment();
    this.bytes("fetched").increment((double) bytes);
  }

  private Counter requests(String result) {
    return Counter.builder("castloom.cache.requests")
        .description("Objects that were wanted on this instance's disk")
        .tag("result", result)
        .register(registry);
  }

  private Counter bytes(String kind) {
    return Counter.builder("castloom.cache.bytes")
        .description("Bytes that were fetched into the cache, or need not be")
        .tag("kind", kind)
        .baseUnit("bytes")
        .register(registry);
  }
}
