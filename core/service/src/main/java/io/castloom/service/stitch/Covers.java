package io.castloom.service.stitch;

import io.castloom.bitstream.Bytes;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Labels;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.CoverSource;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The cover pictures that stand in episode files, in the private bucket: those that accounts
 * stored, by their digests, and those of other places, by their addresses. A picture that was kept
 * is not fetched again: a new cover gets a new address. Thread-safe.
 */
public final class Covers {

  private static final int KEPT = 16;

  private final ObjectStore store;
  private final Map<String, Bytes> kept = new Lru<>(KEPT);

  /**
   * @param store the private bucket
   */
  public Covers(ObjectStore store) {
    this.store = store;
  }

  /** What names an episode's cover: its own, else the show's; see {@link CoverSource}. */
  public static String name(Show show, Episode episode) {
    return Objects.requireNonNullElse(episode.notes().cover(), show.about().cover());
  }

  /** Whether these bytes are a picture that may stand in a file. */
  public static boolean suits(Bytes picture) {
    return picture.size() <= Picture.MOST_BYTES && Picture.problem(picture.toArray()) == null;
  }

  /**
   * The picture that a document names; {@link Bytes#EMPTY} when there is none here.
   *
   * @param account whose document it is
   * @param cover as the document says it
   */
  public Bytes find(AccountId account, String cover) throws IOException {
    return switch (CoverSource.of(cover)) {
      case CoverSource.Stored(Sha256 picture) -> read(Labels.coverKey(account, picture));
      case CoverSource.Address(String address) ->
          address.isEmpty() ? Bytes.EMPTY : read(key(address));
    };
  }

  private Bytes read(String key) throws IOException {
    synchronized (kept) {
      Bytes known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Bytes picture;
    try (ObjectContent content = store.get(key, null)) {
      picture = Bytes.adopt(content.stream().readNBytes(Picture.MOST_BYTES + 1));
    } catch (NoSuchObjectException e) {
      return Bytes.EMPTY;
    }
    if (!suits(picture)) {
      return Bytes.EMPTY;
    }
    synchronized (kept) {
      kept.put(key, picture);
    }
    return picture;
  }

  /** Keeps a picture of another place, unless one is kept for its address already. */
  public void keep(String address, Bytes picture) throws IOException {
    if (!suits(picture)) {
      throw new IllegalArgumentException("no picture for " + address);
    }
    byte[] bytes = picture.toArray();
    store.put(
        key(address), ObjectData.of(bytes, Picture.mediaType(bytes)), PutCondition.ifAbsent());
  }

  private static String key(String address) {
    byte[] digest = Sha256.digest().digest(address.getBytes(StandardCharsets.UTF_8));
    return "covers/" + Sha256.finish(digest).hex();
  }
}
