package io.castloom.assembler.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.assembly.ShowBook;
import io.castloom.service.assembly.ShowBooks;
import io.castloom.service.stitch.Covers;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a show's feed from its documents and the current media versions. A page whose bytes are
 * the same is left alone, so its etag and age stay. Two publishers at once do not undo each other:
 * a page is replaced only if it is still the one that was there before the documents were read.
 */
public final class FeedPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(FeedPublisher.class);
  private static final int TRIES = 5;

  private final ShowBooks books;
  private final ObjectStore target;
  private final FeedAddresses addresses;
  private final InstantSource clock;
  private final PublicCovers covers;
  private final Hubs hubs;

  /** Tells a show's hub that its feed changed. */
  @FunctionalInterface
  public interface Hubs {
    /** Tells nobody. */
    Hubs NONE = (_, _) -> false;

    /** Gives whether the hub took it; a hub that cannot be told stops nothing. */
    boolean tell(String hub, URI feed);
  }

  /**
   * Where it reads and writes.
   *
   * @param covers the private bucket, where accounts store their covers
   * @param target the public bucket
   */
  public record Stores(ObjectStore covers, ObjectStore target) {}

  /** Publishes what {@code books} say at these addresses. */
  public FeedPublisher(
      ShowBooks books, Stores stores, FeedAddresses addresses, InstantSource clock, Hubs hubs) {
    this.hubs = hubs;
    this.covers = new PublicCovers(new Covers(stores.covers()), stores.target(), addresses);
    this.books = books;
    this.target = stores.target();
    this.addresses = addresses;
    this.clock = clock;
  }

  /** Publishes what changed of a show's feed; a show that breaks the rules keeps its last one. */
  public void publish(String show) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      if (publishOnce(show)) {
        return;
      }
    }
    LOG.warn("feed of {} was changed by others {} times in a row; they wrote it", show, TRIES);
  }

  private record Before(String etag, String xml) {}

  private boolean publishOnce(String id) throws IOException {
    List<Before> before = new ArrayList<>();
    for (int page = 1; page == 1 || !before.getLast().etag().isEmpty(); page++) {
      before.add(read(FeedAddresses.key(id, page)));
    }
    switch (books.read(id).orElse(null)) {
      case null -> {}
      case Reading.Bad<ShowBook>(List<Problem> problems) ->
          LOG.warn("feed of {} stays as it is: {}", id, problems.getFirst());
      case Reading.Good<ShowBook>(ShowBook book) -> {
        boolean changed = false;
        Show show = book.show();
        show = show.withCover(covers.address(show, show.about().cover()));
        List<FeedPage> pages = new FeedWriter(addresses).write(show, items(book), clock.instant());
        for (FeedPage page : pages) {
          Before old =
              page.number() <= before.size() ? before.get(page.number() - 1) : new Before("", "");
          if (!old.xml().equals(page.xml())) {
            if (!write(id, page.number(), page.bytes(), old)) {
              return false;
            }
            changed = true;
          }
        }
        for (int gone = pages.size(); gone < before.size(); gone++) {
          // emptied and not removed: a store compares and swaps, but not everywhere removes so
          Before old = before.get(gone);
          if (!old.xml().isEmpty() && !write(id, gone + 1, new byte[0], old)) {
            return false;
          }
        }
        String hub = book.show().feed().hub();
        if (changed && hub != null) {
          hubs.tell(hub, addresses.page(id, 1));
        }
      }
    }
    return true;
  }

  private boolean write(String id, int page, byte[] bytes, Before old) throws IOException {
    PutCondition condition =
        old.etag().isEmpty() ? PutCondition.ifAbsent() : PutCondition.ifMatch(old.etag());
    return target
        .put(FeedAddresses.key(id, page), ObjectData.of(bytes, FeedPage.MEDIA_TYPE), condition)
        .stored();
  }

  private Before read(String key) throws IOException {
    try (ObjectContent content = target.get(key, null)) {
      return new Before(content.info().etag(), new String(content.stream().readAllBytes(), UTF_8));
    } catch (NoSuchObjectException e) {
      return new Before("", "");
    }
  }

  private List<FeedItem> items(ShowBook book) throws IOException {
    List<FeedItem> items = new ArrayList<>();
    for (ShowBook.Entry entry : book.episodes()) {
      if (!entry.media().current().isEmpty()) {
        items.add(item(book.show(), entry));
      }
    }
    return items;
  }

  private FeedItem item(Show show, ShowBook.Entry entry) throws IOException {
    EpisodeMedia media = entry.media();
    TimedParts timed = media.timed();
    List<FeedItem.Media> files = new ArrayList<>();
    for (MediaVersion version : media.current().values()) {
      String path = "media/" + show.id() + "/" + entry.episode().id() + "." + version.extension();
      files.add(
          new FeedItem.Media(
              address(path), version.mediaType(), version.sizeBytes(), version.format()));
    }
    List<FeedItem.Text> texts = new ArrayList<>();
    if (!timed.vtt().isEmpty()) {
      String language = show.about().language();
      texts.add(new FeedItem.Text(address(timed.vtt()), ShiftedTranscript.VTT_TYPE, language));
      texts.add(new FeedItem.Text(address(timed.srt()), ShiftedTranscript.SRT_TYPE, language));
    }
    String own = entry.episode().notes().cover();
    String cover = own == null ? "" : covers.address(show, own);
    return new FeedItem(
        entry.episode().withCover(cover.isEmpty() ? null : cover),
        files,
        media.current().values().iterator().next().duration(),
        timed.chapters().isEmpty() ? null : address(timed.chapters()),
        texts,
        timed.soundbites());
  }

  private URI address(String path) {
    return URI.create(addresses.base() + "/" + path);
  }
}
