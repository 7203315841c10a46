package io.castloom.domain.store;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bucket. Strongly consistent: what a completed write stored is what every later read and
 * listing sees. Each write is atomic: a reader sees the old bytes or the new ones.
 *
 * <p>Keys are as {@link #requireKey} says, and a key never is the folder of another ({@code f} and
 * {@code f/g}), so that a file system can hold them.
 *
 * <p>Every method throws {@link IOException} for infrastructure faults, after the adapter's own
 * retries; the effect of a failed write is unknown, and repeating it is safe under the same
 * condition. {@link NoSuchStoreException} names a bucket that is missing.
 */
public interface ObjectStore {

  /** The bucket's name. */
  String name();

  /** What is known of an object; empty when there is none. */
  Optional<ObjectInfo> head(String key) throws IOException;

  /**
   * An object's bytes.
   *
   * @param range null for all of it
   * @throws NoSuchObjectException there is none
   * @throws IllegalArgumentException the range begins at or after the end
   */
  ObjectContent get(String key, @Nullable ByteRange range) throws IOException;

  /**
   * Stores an object of at most 5 GiB if the condition holds. Of several writers with {@link
   * PutCondition.IfAbsent} exactly one is answered {@link PutOutcome.Stored}; likewise of several
   * with {@link PutCondition.IfMatch} on the same etag. An {@link PutCondition.IfMatch} on a key
   * that has no object does not hold.
   *
   * @throws IOException also when the data are not as long as they say
   */
  PutOutcome put(String key, ObjectData data, PutCondition condition) throws IOException;

  /** Begins an object of up to 10,000 parts. */
  MultipartUpload startUpload(String key, String contentType) throws IOException;

  /**
   * Lists objects whose keys begin with the prefix.
   *
   * @param startAfter only keys greater than this; empty for the first page
   * @param limit 1 to 1,000
   */
  ObjectPage list(String prefix, String startAfter, int limit) throws IOException;

  /** Removes an object; quietly does nothing when there is none. */
  void delete(String key) throws IOException;

  /**
   * Removes objects, in as few calls as the store allows; those that are not there are no fault.
   */
  default void deleteAll(Collection<String> keys) throws IOException {
    for (String key : keys) {
      delete(key);
    }
  }

  /**
   * Gives the key back if every store can hold it: 1 to 1,024 bytes of UTF-8; segments between
   * slashes are 1 to 200 bytes, none of them {@code .} or {@code ..}; no control characters, no
   * backslash.
   *
   * @throws IllegalArgumentException it is no such key
   */
  static String requireKey(String key) {
    String fault = ObjectKeys.fault(key);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("not a key: \"" + key + "\" " + fault);
    }
    return key;
  }
}
