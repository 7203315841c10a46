package io.castloom.worker.stages;

import io.castloom.domain.media.StageTools;
import io.castloom.domain.store.ObjectStore;
import io.castloom.worker.cache.DiskCache;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What every stage works with.
 *
 * @param store the private bucket
 * @param scratch an existing folder for files that live as long as a task
 */
public record Workbench(
    StageTools tools,
    ObjectStore store,
    DiskCache cache,
    Path scratch,
    InstantSource clock,
    StageListener listener) {
  public Workbench {
    Objects.requireNonNull(tools);
    Objects.requireNonNull(store);
    Objects.requireNonNull(cache);
    Objects.requireNonNull(scratch);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(listener);
  }
}
