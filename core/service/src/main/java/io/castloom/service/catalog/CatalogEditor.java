package io.castloom.service.catalog;

import io.castloom.domain.document.Difference;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import io.castloom.service.json.Json;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes documents: whole, after every rule was checked, by compare-and-swap. Nothing is applied
 * in part. Ids and owner come from the address, so a document need not say them and must not say
 * others.
 */
public final class CatalogEditor {

  private final ObjectStore store;
  private final Catalog catalog;
  private final DocumentRules rules;
  private final FeedRequests feeds;
  private final StoredVersions versions;

  /**
   * @param store the private bucket
   */
  public CatalogEditor(ObjectStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
    this.rules = new DocumentRules(store, catalog);
    this.feeds = new FeedRequests(store);
    this.versions = new StoredVersions(store);
  }

  /**
   * Applies a document.
   *
   * @param account who asks; only the owner of an existing document is heard
   * @param expected the etag that it was read with; null to replace whatever is there
   * @param dryRun only tell what would change
   */
  public Applied apply(
      DocumentKey key,
      Map<String, ?> document,
      String account,
      @Nullable String expected,
      boolean dryRun)
      throws IOException {
    Optional<Catalog.Stored> before = catalog.find(key);
    if (!owns(account, key, before)) {
      return new Applied.Foreign();
    }
    String current = before.map(Catalog.Stored::etag).orElse("");
    if (expected != null && !expected.equals(current)) {
      return new Applied.Stale(current);
    }
    Map<String, Object> tree = addressed(key, account);
    for (Map.Entry<String, Object> said : Map.copyOf(tree).entrySet()) {
      Object own = document.get(said.getKey());
      if (own != null && !own.equals(said.getValue())) {
        return new Applied.Refused(
            List.of(
                new Problem(
                    key.words(),
                    said.getKey(),
                    own.toString(),
                    "must be "
                        + said.getValue()
                        + ", as its address and the token say, or absent")));
      }
    }
    document.forEach(tree::putIfAbsent);
    switch (rules.read(key, tree, account)) {
      case Reading.Bad<Map<String, Object>>(List<Problem> problems) -> {
        return new Applied.Refused(problems);
      }
      case Reading.Good<Map<String, Object>>(Map<String, Object> full) -> tree = full;
    }
    Map<String, Object> old = before.map(Catalog.Stored::tree).orElse(Map.of());
    List<String> changes = Difference.between(old, tree);
    if (dryRun) {
      return new Applied.Accepted("", before.isEmpty(), changes);
    }
    if (changes.isEmpty() && before.isPresent()) {
      follow(key, tree); // who asks again may not have got so far the first time
      return new Applied.Accepted(current, false, changes);
    }
    PutCondition condition =
        before.isPresent()
            ? PutCondition.ifMatch(current)
            : store
                .head(key.key())
                .filter(Catalog::isGrave)
                .map(grave -> PutCondition.ifMatch(grave.etag()))
                .orElse(PutCondition.ifAbsent());
    return switch (store.put(key.key(), Json.data(tree), condition)) {
      case PutOutcome.Stored(String etag) -> {
        follow(key, tree);
        yield new Applied.Accepted(etag, before.isEmpty(), changes);
      }
      case PutOutcome.ConditionFailed() ->
          new Applied.Stale(catalog.find(key).map(Catalog.Stored::etag).orElse(""));
    };
  }

  /**
   * Deletes a document, if it is still the one that was read and no other needs it: a show with
   * episodes stays, and what a campaign names. Deleting nothing is accepted.
   *
   * @param expected the etag that it was read with; null to delete whatever is there
   */
  public Applied delete(DocumentKey key, String account, @Nullable String expected)
      throws IOException {
    Optional<Catalog.Stored> before = catalog.find(key);
    if (before.isEmpty()) {
      if (owns(account, key, before)) {
        takeBack(key); // who deletes again may not have got so far the first time
      }
      return new Applied.Accepted("", false, List.of());
    }
    if (!owns(account, key, before)) {
      return new Applied.Foreign();
    }
    String current = before.get().etag();
    if (expected != null && !expected.equals(current)) {
      return new Applied.Stale(current);
    }
    List<Problem> needed = rules.needed(key, account);
    if (!needed.isEmpty()) {
      return new Applied.Refused(needed);
    }
    ObjectData grave = ObjectData.of(new byte[0], Json.MEDIA_TYPE);
    return switch (store.put(key.key(), grave, PutCondition.ifMatch(current))) {
      case PutOutcome.Stored(String _) -> {
        takeBack(key);
        askForFeed(key, Map.of());
        yield new Applied.Accepted("", false, List.of(key.words() + " is removed"));
      }
      case PutOutcome.ConditionFailed() ->
          new Applied.Stale(catalog.find(key).map(Catalog.Stored::etag).orElse(""));
    };
  }

  /** What listeners see of a document follows it. */
  private void follow(DocumentKey key, Map<String, Object> tree) throws IOException {
    if (Catalog.isWithdrawn(tree)) {
      takeBack(key);
    }
    askForFeed(key, tree);
  }

  /**
   * Takes an episode's files off its public address at once, as whoever withdraws one may have a
   * reason that does not wait for a night. The store's clock says when it happened. The document is
   * written first: whoever publishes the episode meanwhile looks at it last.
   */
  private void takeBack(DocumentKey key) throws IOException {
    if (key instanceof DocumentKey.OfEpisode(String show, String episode)) {
      Optional<ObjectInfo> written = store.head(key.key());
      if (written.isPresent()) {
        versions.withdraw(show, episode, written.get().lastModified());
      }
    }
  }

  /** A feed tells of its show and episodes; of an episode not before its publication. */
  private void askForFeed(DocumentKey key, Map<String, Object> tree) throws IOException {
    switch (key) {
      case DocumentKey.OfShow(String show) -> feeds.ask(show);
      case DocumentKey.OfEpisode(String show, String _) -> {
        feeds.ask(show);
        if (tree.get("publishedAt") instanceof String at && "published".equals(tree.get("state"))) {
          feeds.ask(show, Instant.parse(at));
        }
      }
      case DocumentKey.OfCreative _, DocumentKey.OfCampaign _ -> {}
    }
  }

  private boolean owns(String account, DocumentKey key, Optional<Catalog.Stored> before)
      throws IOException {
    if (key instanceof DocumentKey.OfEpisode(String show, String _)) {
      return catalog
          .find(new DocumentKey.OfShow(show))
          .map(s -> s.account().equals(account))
          .orElse(true); // no such show: a problem of the document, not of the right
    }
    return before.map(s -> s.account().equals(account)).orElse(true);
  }

  /** What a document's address and the asker's account say of it. */
  private static Map<String, Object> addressed(DocumentKey key, String account) {
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (key) {
      case DocumentKey.OfShow(String show) -> tree.put("id", show);
      case DocumentKey.OfEpisode(String show, String episode) -> {
        tree.put("show", show);
        tree.put("id", episode);
      }
      case DocumentKey.OfCreative(String creative) -> tree.put("id", creative);
      case DocumentKey.OfCampaign(String campaign) -> tree.put("id", campaign);
    }
    if (!(key instanceof DocumentKey.OfEpisode)) {
      tree.put("account", account);
    }
    return tree;
  }
}
