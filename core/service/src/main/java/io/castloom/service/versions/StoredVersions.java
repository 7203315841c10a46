package io.castloom.service.versions;

import io.castloom.domain.delivery.VersionFacts;
import io.castloom.domain.document.Slug;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Documents;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The media of each episode, at {@code shows/<show>/media/<episode>.json} in the private bucket.
 */
public final class StoredVersions {

  private final ObjectStore store;
  private final Documents<EpisodeMedia> documents;

  /**
   * @param store the private bucket
   */
  public StoredVersions(ObjectStore store) {
    this.store = store;
    this.documents = new Documents<>(store, EpisodeMedia.class);
  }

  /** The episode's media; {@link EpisodeMedia#NONE} when it was never assembled. */
  public EpisodeMedia find(String show, String episode) throws IOException {
    return documents
        .find(key(show, episode))
        .map(Documents.Versioned::value)
        .orElse(EpisodeMedia.NONE);
  }

  /** The episodes of a show that ever had media, in order, also those that were deleted since. */
  public List<String> episodes(String show) throws IOException {
    String prefix = folder(show);
    List<String> ids = new ArrayList<>();
    String after = "";
    ObjectPage page;
    do {
      page = store.list(prefix, after, 1_000);
      for (ObjectInfo info : page.objects()) {
        after = info.key();
        ids.add(after.substring(prefix.length()).replace(".json", ""));
      }
    } while (page.more());
    return ids;
  }

  /** Changes the episode's media by compare-and-swap; the change may be tried several times. */
  public EpisodeMedia update(String show, String episode, UnaryOperator<EpisodeMedia> change)
      throws IOException {
    return documents.update(
        key(show, episode),
        before -> change.apply(Objects.requireNonNullElse(before, EpisodeMedia.NONE)));
  }

  /** Leaves an episode that was taken back without a current version. Idempotent. */
  public void withdraw(String show, String episode, Instant at) throws IOException {
    if (!find(show, episode).current().isEmpty()) {
      update(show, episode, media -> media.current().isEmpty() ? media : media.withdraw(at));
    }
  }

  /**
   * Removes the versions of an episode that were replaced before an instant. A current version is
   * never touched: what is to go is marked first, by the same compare-and-swap that publishing
   * uses.
   *
   * @param publicStore where the files lie
   * @return how many files were removed
   */
  public int sweep(String show, String episode, Instant replacedBefore, ObjectStore publicStore)
      throws IOException {
    EpisodeMedia found = find(show, episode);
    if (found.doom(replacedBefore).equals(found) && found.doomed().isEmpty()) {
      return 0;
    }
    List<String> doomed = update(show, episode, media -> media.doom(replacedBefore)).doomed();
    for (String key : doomed) {
      publicStore.delete(key);
    }
    update(show, episode, media -> media.buried(doomed));
    return doomed.size();
  }

  /**
   * Keeps what counting needs to know of a version, {@code facts/<version's key>.json} in the
   * private bucket. It outlives the version: reports are asked for later.
   */
  public void keepFacts(VersionFacts facts) throws IOException {
    store.put(factsKey(facts.version()), Json.data(facts), PutCondition.ifAbsent());
  }

  /** What counting needs to know of a version, by its key; empty when nothing was kept. */
  public Optional<VersionFacts> facts(String version) throws IOException {
    try {
      return Optional.of(Json.read(store, factsKey(version), VersionFacts.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  private static String factsKey(String version) {
    return "facts/" + version + ".json";
  }

  private static String key(String show, String episode) {
    if (!Slug.valid(show) || !Slug.valid(episode)) {
      throw new IllegalArgumentException("no episode is named " + show + "/" + episode);
    }
    return folder(show) + episode + ".json";
  }

  private static String folder(String show) {
    return "shows/" + show + "/media/";
  }
}
