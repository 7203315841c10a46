package io.castloom.service.originals;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Labels;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.util.Optional;

/**
 * Pictures that profiles, shows and episodes name by their SHA-256, in the private bucket at {@code
 * covers/<account>/<sha256>}. They never change.
 */
public final class StoredCovers {

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public StoredCovers(ObjectStore store) {
    this.store = store;
  }

  /**
   * Keeps a picture; the same picture again is the same cover.
   *
   * @throws IllegalArgumentException it is none, see {@link Picture#problem}
   */
  public Sha256 keep(AccountId account, byte[] picture) throws IOException {
    String wrong = Picture.problem(picture);
    if (wrong != null) {
      throw new IllegalArgumentException(wrong);
    }
    Sha256 name = Sha256.of(picture);
    store.put(
        Labels.coverKey(account, name),
        ObjectData.of(picture, Picture.mediaType(picture)),
        PutCondition.ifAbsent());
    return name;
  }

  /** A stored picture. */
  public Optional<byte[]> find(AccountId account, Sha256 name) throws IOException {
    try (ObjectContent content = store.get(Labels.coverKey(account, name), null)) {
      return Optional.of(content.stream().readNBytes(Picture.MOST_BYTES));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }
}
