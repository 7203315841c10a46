package io.castloom.local.cloud;

import io.castloom.aws.AwsSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * S3 and SQS in this JVM, bound to 127.0.0.1, their state in a data folder. They are reached
 * through the same adapters as the real ones, by endpoint. State survives a restart and a kill; one
 * process at a time can use a folder. There is no EC2.
 *
 * <p>The layout of {@code <data>/cloud}: {@code key} (the credentials, readable by the owner only),
 * {@code lock}, {@code s3/<bucket>/...} with the objects as files, {@code sqs.*} with the queues.
 */
public final class EmbeddedCloud implements AutoCloseable {

  private static final String REGION = "us-east-1";

  /**
   * Where to listen.
   *
   * @param s3 a port; 0 for a free one
   * @param sqs a port; 0 for a free one
   */
  public record Ports(int s3, int sqs) {

    /** Free ports. */
    public static final Ports FREE = new Ports(0, 0);

    public Ports {
      if (s3 < 0 || s3 > 65_535 || sqs < 0 || sqs > 65_535) {
        throw new IllegalArgumentException("a port is 0 to 65535: " + s3 + ", " + sqs);
      }
    }
  }

  private final FolderLock lock;
  private final AwsSettings.AccessKey key;
  private final EmbeddedS3 s3;
  private final EmbeddedSqs sqs;

  private EmbeddedCloud(
      FolderLock lock, AwsSettings.AccessKey key, EmbeddedS3 s3, EmbeddedSqs sqs) {
    this.lock = lock;
    this.key = key;
    this.s3 = s3;
    this.sqs = sqs;
  }

  /**
   * Starts both; they answer when this returns.
   *
   * @param data made when it does not exist
   * @throws IOException the folder cannot be used or is in use, a port is taken
   */
  public static EmbeddedCloud start(Path data, Ports ports) throws IOException {
    QuietLogs.apply();
    Path home = Files.createDirectories(data.toAbsolutePath().resolve("cloud"));
    FolderLock lock = FolderLock.take(home.resolve("lock"), data);
    // Each takes most of a second, and neither needs the other.
    FutureTask<EmbeddedSqs> sqs =
        new FutureTask<>(() -> EmbeddedSqs.start(home.resolve("sqs"), ports.sqs()));
    Thread.ofPlatform().daemon().name("embedded-sqs-start").start(sqs);
    EmbeddedS3 s3 = null;
    try {
      AwsSettings.AccessKey key = KeyFile.readOrMake(home.resolve("key"));
      s3 = EmbeddedS3.start(home.resolve("s3"), ports.s3(), key);
      return new EmbeddedCloud(lock, key, s3, started(sqs));
    } catch (IOException | RuntimeException e) {
      if (s3 != null) {
        s3.close();
      } else {
        closeWhenStarted(sqs);
      }
      lock.close();
      throw e;
    }
  }

  private static EmbeddedSqs started(FutureTask<EmbeddedSqs> sqs) throws IOException {
    try {
      return sqs.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault
          ? fault
          : new IOException("the embedded SQS does not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the embedded SQS started");
    }
  }

  /** The other one failed: its own fault, if it has one too, says less. */
  private static void closeWhenStarted(FutureTask<EmbeddedSqs> sqs) {
    try {
      started(sqs).close();
    } catch (IOException e) {
      // nothing to close
    }
  }

  /** How to reach it from this process. */
  public AwsSettings settings() {
    return new AwsSettings(REGION, s3.endpoint(), sqs.endpoint(), null, null, key);
  }

  public URI s3Endpoint() {
    return s3.endpoint();
  }

  public URI sqsEndpoint() {
    return sqs.endpoint();
  }

  /** How to reach it from another process: the environment variables that it needs. */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString());
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", key.id());
    environment.put("AWS_SECRET_ACCESS_KEY", key.secret());
    return environment;
  }

  /** Stops both, the queues' state written. Idempotent. */
  @Override
  public void close() {
    s3.close();
    sqs.close();
    lock.close();
  }
}
