package io.castloom.domain.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * An object's bytes, or the range of them that was asked for, as a stream to be closed by the
 * reader. {@code info.sizeBytes()} is always the whole object's size.
 */
public record ObjectContent(ObjectInfo info, InputStream stream) implements Closeable {

  public ObjectContent {
    Objects.requireNonNull(info);
    Objects.requireNonNull(stream);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
