package io.castloom.worker.stages;

import io.castloom.domain.job.TaskSpec.Sound;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StageTools.Span;
import io.castloom.worker.cache.DiskCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a stored sound, here on disk: a small file of its own where only its bytes had to be
 * fetched, else the whole file and where to seek in it.
 *
 * @param span what of the file; null for all of it
 */
record Cut(Path file, SourceMedia media, @Nullable Span span, DiskCache.@Nullable Held held)
    implements AutoCloseable {

  /**
   * Brings a stretch here.
   *
   * @param fromSample first sample frame; a whole number of microseconds from the start
   * @param samples how many; up to the end when negative
   */
  static Cut of(Workbench bench, Sound sound, long fromSample, long samples, Scratch scratch)
      throws IOException {
    if (!bench.cache().has(sound.key())) {
      Optional<WavSlice> wav = WavSlice.open(bench.store(), sound);
      if (wav.isPresent()) {
        long count = samples < 0 ? sound.media().samples() - fromSample : samples;
        Path slice = scratch.file("slice-" + fromSample + ".wav");
        wav.get().fetch(bench.store(), sound.key(), fromSample, count, slice);
        return new Cut(slice, WavSlice.media(sound.media(), count), null, null);
      }
    }
    DiskCache.Held held = bench.cache().hold(sound.key());
    long rate = sound.media().sampleRate();
    Span span =
        new Span(
            Math.multiplyExact(fromSample, 1_000_000L) / rate,
            samples < 0 ? -1 : Math.multiplyExact(samples, 1_000_000L) / rate);
    return new Cut(held.file(), sound.media(), span, held);
  }

  @Override
  public void close() throws IOException {
    if (held != null) {
      held.close();
    }
  }
}
