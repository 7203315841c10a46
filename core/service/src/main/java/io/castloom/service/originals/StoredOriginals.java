package io.castloom.service.originals;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Originals;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The originals of the private bucket: the bytes at {@code originals/<account>/<sha256>}, and
 * beside them, as {@code ….json}, what is known of them. The bytes come first, so whoever finds the
 * document finds the bytes.
 */
public final class StoredOriginals {

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public StoredOriginals(ObjectStore store) {
    this.store = store;
  }

  /** The original of this name, if it is stored and known as a whole. */
  public Optional<Original> find(AccountId account, Sha256 sha256) throws IOException {
    try {
      return Optional.of(Json.read(store, documentKey(account, sha256), Original.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  /** Whether the bytes are there, described or not. */
  public boolean stored(AccountId account, Sha256 sha256) throws IOException {
    return store.head(Original.key(account, sha256)).isPresent();
  }

  /** Describes stored bytes. The first description stays, and is given back. */
  public Original describe(Original original) throws IOException {
    String key = documentKey(original.account(), original.sha256());
    boolean first = store.put(key, Json.data(original), PutCondition.ifAbsent()).stored();
    return first ? original : find(original.account(), original.sha256()).orElse(original);
  }

  /**
   * An account's originals as the rules of documents ask for them. Each is read once; use one such
   * view for one reading. Faults of the store come out as {@link UncheckedIOException}.
   */
  public Originals of(AccountId account) {
    Map<String, Optional<Originals.Facts>> known = new HashMap<>();
    return sha256 -> known.computeIfAbsent(sha256, name -> facts(account, name)).orElse(null);
  }

  private Optional<Originals.Facts> facts(AccountId account, String sha256) {
    try {
      return find(account, new Sha256(sha256))
          .filter(original -> original.media().duration().isPositive())
          .map(original -> new Originals.Facts(sha256, original.media().duration()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no SHA-256 at all; the document's own rules say so
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String documentKey(AccountId account, Sha256 sha256) {
    return Original.key(account, sha256) + ".json";
  }
}
