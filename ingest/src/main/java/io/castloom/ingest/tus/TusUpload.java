package io.castloom.ingest.tus;

import io.castloom.ingest.intake.UploadRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload as it is kept at {@code uploads/<account>/<id>/tus.json}.
 *
 * @param id 16 hexadecimal digits
 * @param metadata as the client sent it, to be shown to him again
 * @param length of the whole file, in bytes
 * @param expiresAt when it is forgotten if nothing more of it comes
 * @param receipt what became of it; null while it is not complete
 */
public record TusUpload(
    String id,
    UploadRequest request,
    String metadata,
    long length,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Map<String, Object> receipt) {
  public TusUpload {
    Objects.requireNonNull(id);
    Objects.requireNonNull(request);
    Objects.requireNonNull(metadata);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(expiresAt);
    if (length < 0) {
      throw new IllegalArgumentException("an upload's length is not negative: " + length);
    }
  }

  TusUpload expiring(Instant instant) {
    return new TusUpload(id, request, metadata, length, createdAt, instant, receipt);
  }

  TusUpload completed(Map<String, Object> with) {
    return new TusUpload(id, request, metadata, length, createdAt, expiresAt, with);
  }
}
