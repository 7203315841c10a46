package io.castloom.worker.stages;

import io.castloom.domain.media.Analysis;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.util.Optional;

/** The stored analysis of an original, and the gain that follows from it. */
final class Loudness {

  private final Workbench bench;

  Loudness(Workbench bench) {
    this.bench = bench;
  }

  Optional<Analysis> stored(Original original) throws IOException {
    try {
      return Optional.of(Json.read(bench.store(), Analysis.key(original), Analysis.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  /**
   * The gain for a profile; 0 for one that leaves the loudness as it is.
   *
   * @throws IOException the analysis, which had to come first, is gone
   */
  double gainDb(Original original, Profile profile) throws IOException {
    if (profile.loudnessLufs() == null) {
      return 0;
    }
    return stored(original)
        .orElseThrow(
            () -> new IOException("the analysis of " + original.sha256() + " is not stored"))
        .gainDb(profile);
  }
}
