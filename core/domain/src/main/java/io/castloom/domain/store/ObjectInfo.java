package io.castloom.domain.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What a store knows of an object without its bytes.
 *
 * @param etag the validator for {@link PutCondition.IfMatch}, quotes removed; identical bytes may
 *     give an identical etag, so documents changed by compare-and-swap carry a version field
 * @param contentType the media type it was stored with; {@code application/octet-stream} in
 *     listings, which do not carry it
 */
public record ObjectInfo(
    String key, long sizeBytes, String etag, Instant lastModified, String contentType) {

  public ObjectInfo {
    Objects.requireNonNull(key);
    Objects.requireNonNull(etag);
    Objects.requireNonNull(lastModified);
    Objects.requireNonNull(contentType);
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("negative size of " + key + ": " + sizeBytes);
    }
  }
}
