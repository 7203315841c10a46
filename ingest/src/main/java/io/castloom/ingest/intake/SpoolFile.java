package io.castloom.ingest.intake;

import io.castloom.domain.store.ObjectData;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A recording on this machine's disk while it comes in. One thread appends; others may read what is
 * there. Closing removes it and gives its room back.
 */
public final class SpoolFile implements Closeable {
  private static final long STEP_BYTES = 16L << 20;

  private final Spool spool;
  private final Path path;
  private final long limitBytes;
  private final FileChannel channel;
  private long reserved;
  private volatile long size;
  private boolean closed;

  SpoolFile(Spool spool, Path path, long expectedBytes, long limitBytes) throws IOException {
    this.spool = spool;
    this.path = path;
    this.limitBytes = limitBytes;
    spool.reserve(expectedBytes);
    this.reserved = expectedBytes;
    FileChannel opened;
    try {
      opened =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      spool.release(expectedBytes);
      throw e;
    }
    this.channel = opened;
  }

  /**
   * Adds bytes at the end.
   *
   * @throws SpoolFullException there is no room for them
   * @throws TooLargeException it would become longer than it may
   */
  public void append(byte[] bytes, int offset, int length) throws IOException {
    long end = size + length;
    if (end > limitBytes) {
      throw new TooLargeException(limitBytes);
    }
    if (end > reserved) {
      long more = Math.max(STEP_BYTES, end - reserved);
      spool.reserve(more);
      reserved += more;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer, size + buffer.position() - offset);
    }
    size = end;
  }

  /** How many bytes it holds. */
  public long size() {
    return size;
  }

  /** Where it lies; gone after {@link #close}. */
  public Path path() {
    return path;
  }

  /** A part of it, to be sent to a store; valid until this is closed. */
  public ObjectData slice(long offset, long lengthBytes, String contentType) {
    return new ObjectData() {
      @Override
      public long sizeBytes() {
        return lengthBytes;
      }

      @Override
      public String contentType() {
        return contentType;
      }

      @Override
      public InputStream open() {
        return new SliceStream(channel, offset, lengthBytes);
      }
    };
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    spool.release(reserved);
    channel.close();
    Files.deleteIfExists(path);
  }
}
