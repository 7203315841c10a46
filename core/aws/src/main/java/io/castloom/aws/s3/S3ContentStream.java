package io.castloom.aws.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An object's bytes. Closing it early gives up the connection instead of reading the rest, unless
 * only a little is left.
 */
final class S3ContentStream extends FilterInputStream {

  private static final long WORTH_READING_BYTES = 64 * 1024;

  private final ResponseInputStream<?> response;
  private long left;
  private boolean closed;

  S3ContentStream(ResponseInputStream<?> response, long length) {
    super(response);
    this.response = response;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      count(value < 0 ? -1 : 1);
      return value;
    } catch (SdkException e) {
      throw new IOException("reading from S3 failed: " + e.getMessage(), e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = in.read(into, offset, length);
      count(count);
      return count;
    } catch (SdkException e) {
      throw new IOException("reading from S3 failed: " + e.getMessage(), e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (left > WORTH_READING_BYTES) {
      response.abort();
    } else {
      response.close();
    }
  }

  private void count(int bytes) throws IOException {
    if (bytes < 0 && left > 0) {
      throw new IOException("S3 closed the connection, " + left + " bytes were still to come");
    }
    left -= Math.max(0, bytes);
  }
}
