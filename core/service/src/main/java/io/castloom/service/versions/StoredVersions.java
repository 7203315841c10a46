package io.castloom.service.versions;

import io.castloom.domain.store.ObjectStore;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The media of each episode, at {@code shows/<show>/media/<episode>.json} in the private bucket.
 */
public final class StoredVersions {

  private final Documents<EpisodeMedia> documents;

  /**
   * @param store the private bucket
   */
  public StoredVersions(ObjectStore store) {
    this.documents = new Documents<>(store, EpisodeMedia.class);
  }

  /** The episode's media; {@link EpisodeMedia#NONE} when it was never assembled. */
  public EpisodeMedia find(String show, String episode) throws IOException {
    return documents
        .find(key(show, episode))
        .map(Documents.Versioned::value)
        .orElse(EpisodeMedia.NONE);
  }

  /** Changes the episode's media by compare-and-swap; the change may be tried several times. */
  public EpisodeMedia update(String show, String episode, UnaryOperator<EpisodeMedia> change)
      throws IOException {
    return documents.update(
        key(show, episode),
        before -> change.apply(Objects.requireNonNullElse(before, EpisodeMedia.NONE)));
  }

  private static String key(String show, String episode) {
    return new DocumentKey.OfEpisode(show, episode).key().replace("/episodes/", "/media/");
  }
}
