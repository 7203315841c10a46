package io.castloom.domain.store;

import java.io.IOException;

/**
 * An object in the making. Nothing is visible under its key until {@link #complete}; closing
 * without completing aborts and frees the parts. A process that dies leaves parts that the bucket's
 * lifecycle rule removes after a day.
 *
 * <p>Limits (S3 user guide, "Multipart upload limits"): part numbers 1 to 10,000; every part but
 * the last at least 5 MiB, at most 5 GiB. Parts may be written in any order and from several
 * threads; writing a number again replaces the part.
 */
public interface MultipartUpload extends AutoCloseable {

  /** Least size of a part that is not the last: 5 MiB. */
  long MIN_PART_BYTES = 5L << 20;

  /** Greatest size of a part: 5 GiB. */
  long MAX_PART_BYTES = 5L << 30;

  /** Greatest part number. */
  int MAX_PARTS = 10_000;

  /** Sends own bytes as part {@code number}. */
  void part(int number, ObjectData data) throws IOException;

  /**
   * Lets the store copy bytes of a stored object as part {@code number}; they do not pass through
   * this process.
   *
   * @param source the source's store, which may be another bucket of the same account
   * @param range lies wholly within the source (S3 cuts nothing here)
   * @throws NoSuchObjectException the source does not exist
   * @throws IllegalArgumentException the range ends after the source's end
   */
  void copyPart(int number, ObjectStore source, String key, ByteRange range) throws IOException;

  /**
   * Makes the parts, in the order of their numbers, the object. Atomic: readers see nothing or all.
   * When the condition does not hold the upload is still open, to be completed otherwise or closed.
   *
   * @throws IOException a part is missing or too small, or the store failed; the upload is then
   *     still open
   */
  PutOutcome complete(PutCondition condition) throws IOException;

  /** Aborts unless completed. Idempotent. */
  @Override
  void close() throws IOException;
}
