package io.castloom.worker.stages;

import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.worker.cache.DiskCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Segments of a join as files, fetched and looked through a few at a time: while they are, the
 * other workers of the job have nothing left to do.
 */
final class StoredSegments implements AutoCloseable {

  private static final int AT_A_TIME = 4;

  private final DiskCache cache;
  private final List<DiskCache.Held> held = new ArrayList<>();

  StoredSegments(DiskCache cache) {
    this.cache = cache;
  }

  /** A segment's file and its frames. */
  record Scanned(Path file, Mp3Scan scan) {
    static Scanned of(Path file) throws IOException {
      return new Scanned(file, Pieces.scan(file));
    }
  }

  /** Brings the segments here, in order; empty for one that is gone. */
  List<Optional<Scanned>> fetch(List<String> keys) throws IOException, InterruptedException {
    List<Optional<Scanned>> segments = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
      List<Future<Optional<Scanned>>> running = new ArrayList<>();
      for (String key : keys) {
        running.add(pool.submit(() -> fetch(key)));
      }
      for (Future<Optional<Scanned>> one : running) {
        segments.add(one.get());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault
          ? fault
          : new IOException("a segment could not be read: " + e.getCause(), e);
    }
    return segments;
  }

  private Optional<Scanned> fetch(String key) throws IOException {
    DiskCache.Held segment;
    try {
      segment = cache.hold(key);
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
    synchronized (held) {
      held.add(segment);
    }
    return Optional.of(Scanned.of(segment.file()));
  }

  @Override
  public void close() throws IOException {
    for (DiskCache.Held segment : held) {
      segment.close();
    }
  }
}
