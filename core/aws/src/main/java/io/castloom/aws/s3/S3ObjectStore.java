package io.castloom.aws.s3;

import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.MultipartUpload;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.domain.store.PutOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of S3, or of anything that speaks its protocol. One request for each call, but for
 * conditional writes that met another writer or lost an answer.
 */
public final class S3ObjectStore implements ObjectStore {

  private static final int MAX_DELETE = 1000; // S3 API reference, DeleteObjects

  private final S3Client s3;
  private final String bucket;
  private final S3Calls calls;
  // HEAD has no body that could tell a missing bucket from a missing key: asked once.
  private volatile boolean bucketSeen;

  /**
   * @param s3 is not closed by this store
   */
  public S3ObjectStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.calls = new S3Calls(s3, bucket);
  }

  @Override
  public String name() {
    return bucket;
  }

  @Override
  public Optional<ObjectInfo> head(String key) throws IOException {
    ObjectStore.requireKey(key);
    HeadObjectResponse found =
        calls.orMissing("HeadObject", key, () -> s3.headObject(b -> b.bucket(bucket).key(key)));
    if (found == null) {
      requireBucket();
      return Optional.empty();
    }
    bucketSeen = true;
    return Optional.of(
        new ObjectInfo(
            key,
            found.contentLength(),
            S3Calls.unquote(found.eTag()),
            found.lastModified(),
            contentType(found.contentType())));
  }

  private void requireBucket() throws IOException {
    if (!bucketSeen) {
      calls.run("HeadBucket", "", () -> s3.headBucket(b -> b.bucket(bucket)));
      bucketSeen = true;
    }
  }

  @Override
  public ObjectContent get(String key, @Nullable ByteRange range) throws IOException {
    ObjectStore.requireKey(key);
    String bytes = range == null ? null : S3Calls.header(range);
    ResponseInputStream<GetObjectResponse> stream =
        calls.run(
            "GetObject", key, () -> s3.getObject(b -> b.bucket(bucket).key(key).range(bytes)));
    GetObjectResponse got = stream.response();
    ObjectInfo info =
        new ObjectInfo(
            key,
            wholeSize(got),
            S3Calls.unquote(got.eTag()),
            got.lastModified(),
            contentType(got.contentType()));
    return new ObjectContent(info, new S3ContentStream(stream, got.contentLength()));
  }

  private static long wholeSize(GetObjectResponse got) {
    String range = got.contentRange(); // bytes 0-9/100
    return range == null
        ? got.contentLength()
        : Long.parseLong(range.substring(range.indexOf('/') + 1));
  }

  private static String contentType(@Nullable String stored) {
    return Objects.requireNonNullElse(stored, "application/octet-stream");
  }

  @Override
  public PutOutcome put(String key, ObjectData data, PutCondition condition) throws IOException {
    ObjectStore.requireKey(key);
    try {
      String etag =
          calls.conditionally(
              "PutObject",
              key,
              () ->
                  s3.putObject(
                          b ->
                              b.bucket(bucket)
                                  .key(key)
                                  .contentType(data.contentType())
                                  .ifNoneMatch(S3Calls.ifNoneMatch(condition))
                                  .ifMatch(S3Calls.ifMatch(condition)),
                          S3Calls.body(key, data))
                      .eTag());
      return new PutOutcome.Stored(etag);
    } catch (ConditionFailedException e) {
      return e.mayBeOwn() ? ownWrite(key, S3Calls.md5(data)) : new PutOutcome.ConditionFailed();
    }
  }

  /**
   * An earlier attempt of the same request may have been the one that won, its answer lost: then
   * the object is ours. With encryption by KMS etags are no digests, and this says no.
   */
  PutOutcome ownWrite(String key, String etag) throws IOException {
    return head(key).filter(info -> info.etag().equals(etag)).isPresent()
        ? new PutOutcome.Stored(etag)
        : new PutOutcome.ConditionFailed();
  }

  @Override
  public MultipartUpload startUpload(String key, String contentType) throws IOException {
    ObjectStore.requireKey(key);
    String id =
        calls.run(
            "CreateMultipartUpload",
            key,
            () ->
                s3.createMultipartUpload(b -> b.bucket(bucket).key(key).contentType(contentType))
                    .uploadId());
    return new S3MultipartUpload(s3, this, calls, key, id);
  }

  @Override
  public ObjectPage list(String prefix, String startAfter, int limit) throws IOException {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a page has 1 to 1,000 objects: " + limit);
    }
    ListObjectsV2Response page =
        calls.run(
            "ListObjectsV2",
            prefix,
            () ->
                s3.listObjectsV2(
                    b ->
                        b.bucket(bucket)
                            .prefix(prefix)
                            .startAfter(startAfter.isEmpty() ? null : startAfter)
                            .maxKeys(limit)));
    List<ObjectInfo> objects = new ArrayList<>();
    for (S3Object object : page.contents()) {
      objects.add(
          new ObjectInfo(
              object.key(),
              object.size(),
              S3Calls.unquote(object.eTag()),
              object.lastModified(),
              "application/octet-stream"));
    }
    return new ObjectPage(objects, page.isTruncated());
  }

  @Override
  public void delete(String key) throws IOException {
    ObjectStore.requireKey(key);
    calls.orMissing("DeleteObject", key, () -> s3.deleteObject(b -> b.bucket(bucket).key(key)));
  }

  @Override
  public void deleteAll(Collection<String> keys) throws IOException {
    List<ObjectIdentifier> all =
        keys.stream()
            .map(key -> ObjectIdentifier.builder().key(ObjectStore.requireKey(key)).build())
            .toList();
    for (int from = 0; from < all.size(); from += MAX_DELETE) {
      List<ObjectIdentifier> some = all.subList(from, Math.min(all.size(), from + MAX_DELETE));
      DeleteObjectsResponse done =
          calls.run(
              "DeleteObjects",
              some.getFirst().key(),
              () ->
                  s3.deleteObjects(b -> b.bucket(bucket).delete(d -> d.objects(some).quiet(true))));
      if (!done.errors().isEmpty()) {
        throw new IOException(
            "S3 did not delete "
                + done.errors().size()
                + " objects of "
                + bucket
                + ", first "
                + done.errors().getFirst());
      }
    }
  }
}
