package io.castloom.aws.s3;

import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.MultipartUpload;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A multipart upload of S3. */
final class S3MultipartUpload implements MultipartUpload {

  private final S3Client s3;
  private final S3ObjectStore store;
  private final S3Calls calls;
  private final String key;
  private final String id;
  private final NavigableMap<Integer, String> etags = new ConcurrentSkipListMap<>();
  private boolean ended;

  S3MultipartUpload(S3Client s3, S3ObjectStore store, S3Calls calls, String key, String id) {
    this.s3 = s3;
    this.store = store;
    this.calls = calls;
    this.key = key;
    this.id = id;
  }

  @Override
  public void part(int number, ObjectData data) throws IOException {
    requireNumber(number);
    String etag =
        calls.run(
            "UploadPart",
            key,
            () ->
                s3.uploadPart(
                        b -> b.bucket(store.name()).key(key).uploadId(id).partNumber(number),
                        S3Calls.body(key, data))
                    .eTag());
    etags.put(number, etag);
  }

  @Override
  public void copyPart(int number, ObjectStore source, String sourceKey, ByteRange range)
      throws IOException {
    requireNumber(number);
    ObjectStore.requireKey(sourceKey);
    try {
      String etag =
          s3.uploadPartCopy(
                  b ->
                      b.sourceBucket(source.name())
                          .sourceKey(sourceKey)
                          .copySourceRange(S3Calls.header(range))
                          .destinationBucket(store.name())
                          .destinationKey(key)
                          .uploadId(id)
                          .partNumber(number))
              .copyPartResult()
              .eTag();
      etags.put(number, etag);
    } catch (S3Exception e) {
      if (S3Calls.code(e).equals("NoSuchKey")) {
        throw new NoSuchObjectException(source.name(), sourceKey);
      }
      if (e.statusCode() == 416 || S3Calls.code(e).matches("Invalid(Range|Argument|Request)")) {
        throw new IllegalArgumentException(range + " is not within " + sourceKey, e);
      }
      throw calls.fault("UploadPartCopy", key, e);
    } catch (software.amazon.awssdk.core.exception.SdkException e) {
      throw calls.fault("UploadPartCopy", key, e);
    }
  }

  @Override
  public PutOutcome complete(PutCondition condition) throws IOException {
    if (ended) {
      throw new IllegalStateException("upload of " + key + " is over");
    }
    if (etags.isEmpty()) {
      throw new IOException("upload of " + key + " has no parts");
    }
    List<CompletedPart> parts =
        etags.entrySet().stream()
            .map(part -> CompletedPart.builder().partNumber(part.getKey()).eTag(part.getValue()))
            .map(CompletedPart.Builder::build)
            .toList();
    try {
      String etag =
          calls.conditionally(
              "CompleteMultipartUpload",
              key,
              () ->
                  s3.completeMultipartUpload(
                          b ->
                              b.bucket(store.name())
                                  .key(key)
                                  .uploadId(id)
                                  .multipartUpload(m -> m.parts(parts))
                                  .ifNoneMatch(S3Calls.ifNoneMatch(condition))
                                  .ifMatch(S3Calls.ifMatch(condition)))
                      .eTag());
      ended = true;
      return new PutOutcome.Stored(etag);
    } catch (ConditionFailedException e) {
      return e.mayBeOwn() ? own() : new PutOutcome.ConditionFailed();
    } catch (IOException e) {
      if (e.getCause() instanceof S3Exception lost
          && S3Calls.code(lost).equals("NoSuchUpload")
          && S3Calls.attempts(lost) > 1
          && own() instanceof PutOutcome.Stored stored) {
        return stored;
      }
      throw e;
    }
  }

  /** Whether an attempt whose answer was lost has completed it. */
  private PutOutcome own() throws IOException {
    MessageDigest md5 = S3Calls.md5();
    for (String etag : etags.values()) {
      String hex = S3Calls.unquote(etag);
      if (hex.length() != 32) {
        return new PutOutcome.ConditionFailed();
      }
      md5.update(HexFormat.of().parseHex(hex));
    }
    PutOutcome outcome =
        store.ownWrite(key, HexFormat.of().formatHex(md5.digest()) + "-" + etags.size());
    ended = outcome.stored();
    return outcome;
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    try {
      s3.abortMultipartUpload(b -> b.bucket(store.name()).key(key).uploadId(id));
    } catch (S3Exception e) {
      if (e.statusCode() != 404) {
        throw calls.fault("AbortMultipartUpload", key, e);
      }
    } catch (software.amazon.awssdk.core.exception.SdkException e) {
      throw calls.fault("AbortMultipartUpload", key, e);
    }
  }

  private static void requireNumber(int number) {
    if (number < 1 || number > MAX_PARTS) {
      throw new IllegalArgumentException("part numbers are 1 to 10,000: " + number);
    }
  }
}
