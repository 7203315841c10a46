package io.castloom.aws.s3;

import io.castloom.domain.store.ObjectData;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Fails when data are not as long as they say: the SDK would cut the longer ones in silence. */
final class ExactStream extends FilterInputStream {

  private final String key;
  private final long size;
  private long seen;

  private ExactStream(String key, InputStream in, long size) throws IOException {
    super(in);
    this.key = key;
    this.size = size;
    check(0);
  }

  static InputStream open(String key, ObjectData data) {
    try {
      return new ExactStream(key, data.open(), data.sizeBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    check(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    check(count);
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void check(int count) throws IOException {
    if (count < 0) {
      if (seen < size) {
        throw new IOException(key + ": announced " + size + " bytes, but there were " + seen);
      }
      return;
    }
    seen += count;
    if (seen > size || (seen == size && in.read() >= 0)) {
      throw new IOException(key + ": announced " + size + " bytes, but there were more");
    }
  }
}
