package io.castloom.domain.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes on their way into a store. They can be opened more than once, because a put is retried. */
public interface ObjectData {

  /** How many bytes {@link #open} yields; never negative. */
  long sizeBytes();

  /** The media type to store, for example {@code audio/mpeg}. */
  String contentType();

  /** A fresh stream over all the bytes. */
  InputStream open() throws IOException;

  /** Bytes in memory. The array is not copied and must not change until the put has returned. */
  static ObjectData of(byte[] bytes, String contentType) {
    return new ObjectData() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public String contentType() {
        return contentType;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /**
   * A file, which must not change until the put has returned.
   *
   * @throws IOException the file cannot be read
   */
  static ObjectData of(Path file, String contentType) throws IOException {
    long size = Files.size(file);
    return new ObjectData() {
      @Override
      public long sizeBytes() {
        return size;
      }

      @Override
      public String contentType() {
        return contentType;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }
}
