package io.castloom.aws.s3;

import io.castloom.aws.AwsFaults;
import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.NoSuchStoreException;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Calls S3 and turns what it answers into the port's words. */
final class S3Calls {

  private static final int CONFLICT_TRIES = 8;

  private final String bucket;
  private final AwsFaults faults;

  S3Calls(S3Client s3, String bucket) {
    this.bucket = bucket;
    this.faults = AwsFaults.of("S3", s3.serviceClientConfiguration());
  }

  /** A call that needs the object, or no object at all when the key is empty. */
  <T> T run(String operation, String key, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (S3Exception e) {
      if (e.statusCode() == 404
          && !"NoSuchBucket".equals(code(e))
          && operation.endsWith("Object")) {
        throw new NoSuchObjectException(bucket, key);
      }
      if (e.statusCode() == 416) {
        throw new IllegalArgumentException(
            "range of " + key + " in " + bucket + " begins at or after its end", e);
      }
      throw fault(operation, key, e);
    } catch (SdkException | IllegalStateException | UncheckedIOException e) {
      throw fault(operation, key, e);
    }
  }

  /** A call that answers null when there is no such object. */
  <T> @Nullable T orMissing(String operation, String key, Supplier<T> call) throws IOException {
    try {
      return run(operation, key, call);
    } catch (NoSuchObjectException e) {
      return null;
    }
  }

  /**
   * A write under a condition; gives the etag. A write that meets another one at the same moment is
   * answered 409 and tried again (S3 user guide, "Conditional writes").
   */
  String conditionally(String operation, String key, Supplier<String> call) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return unquote(call.get());
      } catch (S3Exception e) {
        boolean conflict = e.statusCode() == 409 && tries < CONFLICT_TRIES;
        if (e.statusCode() == 412 || "NoSuchKey".equals(code(e))) {
          throw new ConditionFailedException(attempts(e) > 1, e);
        }
        if (!conflict) {
          throw fault(operation, key, e);
        }
        pause(tries);
      } catch (SdkException | IllegalStateException | UncheckedIOException e) {
        throw fault(operation, key, e);
      }
    }
  }

  IOException fault(String operation, String key, RuntimeException e) {
    if (e instanceof S3Exception refused) {
      boolean aboutBucket = operation.equals("HeadBucket") && refused.statusCode() == 404;
      if (aboutBucket || "NoSuchBucket".equals(code(refused))) {
        return new NoSuchStoreException(
            bucket, "does not exist; `castloom doctor` shows what is missing", e);
      }
      if (refused.statusCode() == 403) {
        return new NoSuchStoreException(
            bucket, String.valueOf(faults.translate(operation, e).getMessage()), e);
      }
    }
    return faults.translate(operation + (key.isEmpty() ? "" : " of " + key) + " in " + bucket, e);
  }

  static int attempts(SdkException e) {
    Integer attempts = e.numAttempts();
    return attempts == null ? 1 : attempts;
  }

  static String code(S3Exception e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  static String unquote(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  static String header(ByteRange range) {
    return "bytes=" + range.offset() + "-" + range.lastByte();
  }

  static @Nullable String ifNoneMatch(PutCondition condition) {
    return condition instanceof PutCondition.IfAbsent ? "*" : null;
  }

  static @Nullable String ifMatch(PutCondition condition) {
    return condition instanceof PutCondition.IfMatch(String etag) ? "\"" + etag + "\"" : null;
  }

  static RequestBody body(String key, ObjectData data) {
    return RequestBody.fromContentProvider(
        () -> ExactStream.open(key, data), data.sizeBytes(), data.contentType());
  }

  static String md5(ObjectData data) throws IOException {
    MessageDigest md5 = md5();
    try (InputStream in = new DigestInputStream(data.open(), md5)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(md5.digest());
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(int tries) throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(10, 20 << tries));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two tries of a conditional write");
    }
  }
}
