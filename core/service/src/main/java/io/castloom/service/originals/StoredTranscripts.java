package io.castloom.service.originals;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.util.Optional;

/**
 * Transcripts that episodes name by their SHA-256, in the private bucket at {@code
 * transcripts/<account>/<sha256>}. They never change.
 */
public final class StoredTranscripts {

  /** A day of talk has about a megabyte. */
  public static final int MOST_BYTES = 8 << 20;

  private final ObjectStore store;

  /**
   * @param store the private bucket
   */
  public StoredTranscripts(ObjectStore store) {
    this.store = store;
  }

  /** Keeps a text; the same text again is the same transcript. */
  public Sha256 keep(AccountId account, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("a transcript of " + bytes.length + " bytes");
    }
    Sha256 name = Sha256.of(bytes);
    store.put(
        key(account, name),
        ObjectData.of(bytes, "text/plain; charset=utf-8"),
        PutCondition.ifAbsent());
    return name;
  }

  /** The text of a stored transcript. */
  public Optional<String> find(AccountId account, Sha256 name) throws IOException {
    try (ObjectContent content = store.get(key(account, name), null)) {
      return Optional.of(new String(content.stream().readAllBytes(), UTF_8));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  private static String key(AccountId account, Sha256 name) {
    return "transcripts/" + account + "/" + name;
  }
}
