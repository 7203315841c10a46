package io.castloom.service.assembly;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Originals;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Json;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads shows with their episodes. A show's book is kept, {@code nightly/books/<show>.json}, with
 * the etags that it was read from; the next reading lists the etags and reads only what changed. So
 * an archive that lies still costs a thousandth of a request for each episode.
 */
public final class ShowBooks {

  private static final Logger LOG = LoggerFactory.getLogger(ShowBooks.class);
  private static final int PARALLEL = 16;

  private final ObjectStore store;
  private final Catalog catalog;
  private final StoredVersions versions;
  private final StoredOriginals originals;

  /**
   * @param store the private bucket
   */
  public ShowBooks(ObjectStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
    this.versions = new StoredVersions(store);
    this.originals = new StoredOriginals(store);
  }

  /** What is kept of an episode between two readings. */
  record Kept(String etag, String mediaEtag, ShowBook.Entry entry) {}

  /** What is kept of a show. */
  record KeptBook(String showEtag, Map<String, Kept> episodes) {}

  /** A book that is kept, as it was read. */
  private record Known(KeptBook book, String etag) {
    static final Known NOTHING = new Known(new KeptBook("", Map.of()), "");
  }

  /**
   * Reads a show; empty when there is none.
   *
   * @return problems of the show itself when it breaks the rules
   */
  public Optional<Reading<ShowBook>> read(String id) throws IOException {
    Optional<Catalog.Stored> stored = catalog.find(new DocumentKey.OfShow(id));
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (catalog.show(stored.get())) {
          case Reading.Bad<Show>(List<Problem> problems) -> new Reading.Bad<>(problems);
          case Reading.Good<Show>(Show show) -> new Reading.Good<>(read(show, stored.get().etag()));
        });
  }

  /**
   * Reads a show as it was at an earlier reading, which asks for no changes; when its book was
   * replaced since then, as it is now.
   *
   * @param etag of the book of the earlier reading
   */
  public Optional<Reading<ShowBook>> again(String id, String etag) throws IOException {
    Optional<Catalog.Stored> stored = catalog.find(new DocumentKey.OfShow(id));
    if (stored.isEmpty() || etag.isEmpty()) {
      return read(id);
    }
    Known known = known(id);
    if (!known.etag().equals(etag) || !known.book().showEtag().equals(stored.get().etag())) {
      return read(id);
    }
    return Optional.of(
        switch (catalog.show(stored.get())) {
          case Reading.Bad<Show>(List<Problem> problems) -> new Reading.Bad<>(problems);
          case Reading.Good<Show>(Show show) ->
              new Reading.Good<>(
                  new ShowBook(show, entries(known.book().episodes()), Map.of(), etag));
        });
  }

  private ShowBook read(Show show, String showEtag) throws IOException {
    Known known = known(show.id());
    KeptBook kept = known.book();
    boolean sameShow = kept.showEtag().equals(showEtag);
    Map<String, String> etags = etags("shows/" + show.id() + "/episodes/");
    Map<String, String> media = etags("shows/" + show.id() + "/media/");
    Map<String, Kept> now = new ConcurrentHashMap<>();
    Map<String, List<Problem>> bad = new ConcurrentHashMap<>();
    List<String> changed = new ArrayList<>();
    for (Map.Entry<String, String> episode : etags.entrySet()) {
      Kept before = kept.episodes().get(episode.getKey());
      if (sameShow
          && before != null
          && before.etag().equals(episode.getValue())
          && before.mediaEtag().equals(media.getOrDefault(episode.getKey(), ""))) {
        now.put(episode.getKey(), before);
      } else {
        changed.add(episode.getKey());
      }
    }
    readChanged(show, changed, etags, media, now, bad);
    String etag = known.etag();
    if (!sameShow || !changed.isEmpty() || now.size() != kept.episodes().size()) {
      etag = keep(show.id(), new KeptBook(showEtag, now));
    }
    return new ShowBook(show, entries(now), bad, etag);
  }

  private static List<ShowBook.Entry> entries(Map<String, Kept> kept) {
    return kept.values().stream().map(Kept::entry).sorted(newestFirst()).toList();
  }

  private String keep(String show, KeptBook book) throws IOException {
    return switch (store.put(bookKey(show), Json.data(book), PutCondition.always())) {
      case PutOutcome.Stored(String etag) -> etag;
      case PutOutcome.ConditionFailed() ->
          throw new IllegalStateException("a put without a condition failed: " + bookKey(show));
    };
  }

  private void readChanged(
      Show show,
      List<String> changed,
      Map<String, String> etags,
      Map<String, String> media,
      Map<String, Kept> into,
      Map<String, List<Problem>> bad)
      throws IOException {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      List<Future<?>> readings = new ArrayList<>();
      for (String id : changed) {
        readings.add(
            pool.submit(
                () -> {
                  switch (catalog.episode(show, id).orElse(null)) {
                    case null -> LOG.info("episode {}/{} is just being deleted", show.id(), id);
                    case Reading.Bad<Episode>(List<Problem> problems) -> bad.put(id, problems);
                    case Reading.Good<Episode>(Episode episode) ->
                        into.put(
                            id,
                            new Kept(
                                Objects.requireNonNull(etags.get(id)),
                                media.getOrDefault(id, ""),
                                entry(show, episode, media.containsKey(id))));
                  }
                  return null;
                }));
      }
      for (Future<?> reading : readings) {
        reading.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case UncheckedIOException io -> throw io.getCause();
        case null, default -> throw new IllegalStateException("reading show " + show.id(), e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading show " + show.id(), e);
    }
  }

  private ShowBook.Entry entry(Show show, Episode episode, boolean assembled) throws IOException {
    Originals known = originals.of(new AccountId(show.account()));
    Map<String, Duration> bodies = new HashMap<>();
    for (String body : episode.bodies()) {
      Originals.Facts facts = known.find(body);
      if (facts != null) {
        bodies.put(body, facts.length());
      }
    }
    EpisodeMedia media = assembled ? versions.find(show.id(), episode.id()) : EpisodeMedia.NONE;
    return new ShowBook.Entry(episode, bodies, media);
  }

  private Known known(String show) {
    String key = bookKey(show);
    try (ObjectContent content = store.get(key, null)) {
      return new Known(Json.read(content.stream(), key, KeptBook.class), content.info().etag());
    } catch (NoSuchObjectException e) {
      return Known.NOTHING;
    } catch (IOException e) {
      LOG.info("the book of show {} cannot be used, reading everything: {}", show, e.getMessage());
      return Known.NOTHING;
    }
  }

  private Map<String, String> etags(String prefix) throws IOException {
    Map<String, String> etags = new HashMap<>();
    String after = "";
    ObjectPage page;
    do {
      page = store.list(prefix, after, 1000);
      for (ObjectInfo info : page.objects()) {
        String name = info.key().substring(prefix.length());
        if (info.sizeBytes() > 0) { // an empty one was deleted
          etags.put(name.replaceAll("\\.json$", ""), info.etag());
        }
        after = info.key();
      }
    } while (page.more());
    return etags;
  }

  private static Comparator<ShowBook.Entry> newestFirst() {
    return Comparator.comparing(
            (ShowBook.Entry e) ->
                Objects.requireNonNullElse(e.episode().publishedAt(), Instant.MAX))
        .reversed()
        .thenComparing(e -> e.episode().id());
  }

  private static String bookKey(String show) {
    return "nightly/books/" + show + ".json";
  }
}
