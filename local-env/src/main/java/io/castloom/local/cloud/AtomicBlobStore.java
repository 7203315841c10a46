package io.castloom.local.cloud;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Mends three things of S3Proxy's file-system store: a delete in a missing bucket succeeds; a write
 * under {@code If-Match} is a look and then a write there, so two could win; and objects that are
 * being written are listed under a name of their own. (A multipart completion under {@code
 * If-Match} stays a look and a write: its condition does not get here.)
 */
final class AtomicBlobStore extends ForwardingBlobStore {

  private static final int STRIPES = 1024; // a power of two
  // Bodies up to this size are read before the lock is taken, so that no slow client holds it.
  private static final int SMALL_BYTES = 1 << 20;

  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

  AtomicBlobStore(BlobStore store) {
    super(store);
  }

  private <T> T locked(String bucket, String key, Supplier<T> action) {
    ReentrantLock lock = locks.get(spread(Objects.hash(bucket, key)) & (STRIPES - 1));
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    if (request.ifNoneMatch() != null) {
      return super.putBlob(request, body); // atomic already: it links the file
    }
    Long size = request.contentLength();
    boolean small = size != null && size <= SMALL_BYTES;
    if (request.ifMatch() == null && !small) {
      return super.putBlob(request, body); // an object with one writer
    }
    InputStream bytes = small ? read(body) : body;
    return locked(
        request.bucket(),
        request.key(),
        () -> {
          requireMatch(request);
          return super.putBlob(request, bytes);
        });
  }

  private static InputStream read(InputStream body) {
    try {
      return new ByteArrayInputStream(body.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireMatch(PutObjectRequest request) {
    String wanted = request.ifMatch();
    if (wanted == null || wanted.equals("*")) {
      return;
    }
    HeadObjectResponse present = blobMetadataIfPresent(request.bucket(), request.key());
    if (present == null) {
      throw new S3ProxyException(S3ErrorCode.NO_SUCH_KEY);
    }
    if (!unquoted(wanted).equals(unquoted(present.eTag()))) {
      throw new S3ProxyException(S3ErrorCode.PRECONDITION_FAILED);
    }
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    if (!containerExists(request.bucket())) {
      throw new S3ProxyException(S3ErrorCode.NO_SUCH_BUCKET); // S3Proxy says that it was done
    }
    return locked(request.bucket(), request.key(), () -> super.removeBlob(request));
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    List<S3Object> finished =
        page.contents().stream().filter(object -> !Leftovers.unfinished(object.key())).toList();
    boolean emptied = finished.isEmpty() && !page.contents().isEmpty();
    if (emptied && page.isTruncated()) {
      String last = page.contents().getLast().key();
      return list(request.toBuilder().startAfter(last).continuationToken(null).build());
    }
    return page.toBuilder().contents(finished).build();
  }
}
