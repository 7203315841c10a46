package io.castloom.local.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Some bytes of a file. */
final class FileSlice extends FilterInputStream {

  private long left;

  FileSlice(Path file, long offset, long length) throws IOException {
    super(Files.newInputStream(file));
    in.skipNBytes(offset);
    left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    left--;
    return in.read();
  }

  @Override
  public int read(byte[] target, int at, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(target, at, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }
}
