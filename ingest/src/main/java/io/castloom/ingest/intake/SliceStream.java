package io.castloom.ingest.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a part of a file by position, so that several may read it at once. */
final class SliceStream extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  SliceStream(FileChannel channel, long offset, long lengthBytes) {
    this.channel = channel;
    this.position = offset;
    this.end = offset + lengthBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
    if (read < 0) {
      throw new EOFException("the upload's file ended at " + position + " instead of " + end);
    }
    position += read;
    return read;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }
}
