package io.castloom.local.cloud;

import io.castloom.aws.AwsSettings.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy over a folder: a bucket is a folder in it, an object a file. */
final class EmbeddedS3 implements AutoCloseable {

  private static final int MAX_THREADS = 500; // one for each request that streams
  private static final long STOP_MILLIS = 2_000;

  private final S3Proxy proxy;
  private final URI endpoint;

  private EmbeddedS3(S3Proxy proxy, URI endpoint) {
    this.proxy = proxy;
    this.endpoint = endpoint;
  }

  static EmbeddedS3 start(Path folder, int port, AccessKey key) throws IOException {
    Files.createDirectories(folder);
    Leftovers.removeInBackground(folder, Instant.now());
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new AtomicBlobStore(new FilesystemNio2BlobStore(folder.toString())))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, key.id(), key.secret())
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(MAX_THREADS)
            .stopTimeout(STOP_MILLIS)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IOException(
          "the embedded S3 cannot listen on 127.0.0.1:"
              + port
              + ": "
              + e.getMessage()
              + "; choose another port, or 0 for a free one",
          e);
    }
    return new EmbeddedS3(proxy, URI.create("http://127.0.0.1:" + proxy.getPort()));
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded S3 did not stop", e);
    }
  }
}
