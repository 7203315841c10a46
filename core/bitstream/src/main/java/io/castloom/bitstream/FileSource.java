package io.castloom.bitstream;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file as a source. The file must not change while it is open. Safe for use by several threads.
 */
public final class FileSource implements ByteSource, AutoCloseable {
  private final FileChannel channel;
  private final Path path;
  private final long size;

  private FileSource(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file for reading. */
  public static FileSource open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileSource(path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] target, int at, int length) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(target, at, length);
    long position = offset;
    while (into.hasRemaining()) {
      int read = channel.read(into, position);
      if (read < 0) {
        throw ended(offset, length);
      }
      position += read;
    }
  }

  /** Writes a range; to a file the system copies it. */
  void copy(long offset, long length, WritableByteChannel out) throws IOException {
    for (long done = 0; done < length; ) {
      long copied = channel.transferTo(offset + done, length - done, out);
      if (copied <= 0) {
        throw ended(offset, length);
      }
      done += copied;
    }
  }

  private EOFException ended(long offset, long length) {
    return new EOFException(
        "%s ends at %d, wanted %d bytes at %d".formatted(path, size, length, offset));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
