package io.castloom.bitstream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;

/** Reads pieces that lie open as sources. */
record SourceReader(Map<String, ByteSource> sources) implements PieceReader {

  @Override
  public byte[] read(String piece, long offset, int length) throws IOException {
    return source(piece).read(offset, length);
  }

  @Override
  public void copy(String piece, long offset, long length, FileChannel out) throws IOException {
    source(piece).copy(offset, length, out);
  }

  private ByteSource source(String piece) throws IOException {
    ByteSource source = sources.get(piece);
    if (source == null) {
      throw new IOException("No piece is named " + piece);
    }
    return source;
  }
}
