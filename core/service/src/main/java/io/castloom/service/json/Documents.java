package io.castloom.service.json;

import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The few documents of a bucket that change, by compare-and-swap. Every write adds a property
 * {@code documentVersion} that counts up, because identical bytes may give an identical etag and
 * would then hide a change from A to B and back to A.
 *
 * @param <T> a type that is written as a JSON object
 */
public final class Documents<T> {

  /** How often {@link #update} tries before it gives up. */
  static final int MAX_TRIES = 50;

  private static final String VERSION = "documentVersion";

  private final ObjectStore store;
  private final Class<T> type;

  public Documents(ObjectStore store, Class<T> type) {
    this.store = store;
    this.type = type;
  }

  /**
   * A document as it was read.
   *
   * @param etag for {@link #replace}
   * @param version how often it was written, from 1
   */
  public record Versioned<T>(T value, String etag, long version) {}

  /**
   * The document under a key; empty when there is none.
   *
   * @throws UnreadableDocumentException what is there is no such document
   * @throws IOException the store failed
   */
  public Optional<Versioned<T>> find(String key) throws IOException {
    byte[] bytes;
    String etag;
    try (ObjectContent content = store.get(key, null)) {
      bytes = content.stream().readAllBytes();
      etag = content.info().etag();
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
    String what = type.getSimpleName() + ": ";
    try {
      if (!(Json.mapper().readTree(bytes) instanceof ObjectNode tree)) {
        throw new UnreadableDocumentException(key, what + "it holds no fields", etag, bytes, null);
      }
      long version = tree.path(VERSION).asLong(0);
      return Optional.of(new Versioned<>(Json.mapper().treeToValue(tree, type), etag, version));
    } catch (JacksonException e) {
      throw new UnreadableDocumentException(key, what + e.getOriginalMessage(), etag, bytes, e);
    }
  }

  /** Stores a document under a key that has none; empty when there is one already. */
  public Optional<Versioned<T>> create(String key, T value) throws IOException {
    return stored(value, 1, store.put(key, data(value, 1), PutCondition.ifAbsent()));
  }

  /** Replaces a document if it is still the one that was read; empty when it is not. */
  public Optional<Versioned<T>> replace(String key, Versioned<?> read, T value) throws IOException {
    long version = read.version() + 1;
    return stored(
        value, version, store.put(key, data(value, version), PutCondition.ifMatch(read.etag())));
  }

  /**
   * Changes a document, reading it again and repeating the change when another writer came first.
   *
   * @param change from what is there, null when there is nothing, to what shall be; it may be
   *     called several times; when it gives an equal value back, nothing is written
   * @throws IOException the store failed, or others kept winning
   */
  public T update(String key, UnaryOperator<@Nullable T> change) throws IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<Versioned<T>> read = find(key);
      T before = read.map(Versioned::value).orElse(null);
      T after = change.apply(before);
      if (after == null) {
        throw new IllegalArgumentException("a change of " + key + " gave nothing");
      }
      if (after.equals(before)) {
        return after;
      }
      Optional<Versioned<T>> written =
          read.isPresent() ? replace(key, read.get(), after) : create(key, after);
      if (written.isPresent()) {
        return after;
      }
    }
    throw new IOException(
        key
            + " in bucket "
            + store.name()
            + " was changed by others "
            + MAX_TRIES
            + " times in a row; try again");
  }

  /** Replaces what could not be read, if it is still there; empty when it is not. */
  public Optional<Versioned<T>> replace(String key, UnreadableDocumentException unread, T value)
      throws IOException {
    return stored(value, 1, store.put(key, data(value, 1), PutCondition.ifMatch(unread.etag())));
  }

  private static <T> Optional<Versioned<T>> stored(T value, long version, PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Stored(String etag) -> Optional.of(new Versioned<>(value, etag, version));
      case PutOutcome.ConditionFailed() -> Optional.empty();
    };
  }

  private static ObjectData data(Object value, long version) {
    ObjectNode tree = Json.mapper().valueToTree(value);
    tree.put(VERSION, version);
    return Json.data(tree);
  }
}
