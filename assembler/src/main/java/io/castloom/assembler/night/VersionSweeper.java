package io.castloom.assembler.night;

import io.castloom.domain.store.ObjectStore;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes media versions that were replaced longer ago than listeners resume downloads. */
public final class VersionSweeper {

  private static final Logger LOG = LoggerFactory.getLogger(VersionSweeper.class);

  private final Catalog catalog;
  private final StoredVersions versions;
  private final ObjectStore publicStore;
  private final Duration grace;

  public VersionSweeper(
      Catalog catalog, StoredVersions versions, ObjectStore publicStore, Duration grace) {
    this.catalog = catalog;
    this.versions = versions;
    this.publicStore = publicStore;
    this.grace = grace;
  }

  /** Sweeps all episodes that ever were; gives how many files were removed. */
  public int sweep(Instant now) throws IOException {
    int removed = 0;
    for (String show : catalog.everShows()) {
      for (String episode : versions.episodes(show)) {
        removed += versions.sweep(show, episode, now.minus(grace), publicStore);
      }
    }
    if (removed > 0) {
      LOG.info("{} replaced media versions removed", removed);
    }
    return removed;
  }
}
