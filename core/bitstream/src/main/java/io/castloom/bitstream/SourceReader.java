package io.castloom.bitstream;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** Reads pieces that lie open as sources. */
record SourceReader(Map<String, ByteSource> sources) implements PieceReader {

  @Override
  public byte[] read(String piece, long offset, int length) throws IOException {
    return source(piece).read(offset, length);
  }

  @Override
  public void copy(String piece, long offset, long length, WritableByteChannel out)
      throws IOException {
    if (source(piece) instanceof FileSource file) {
      file.copy(offset, length, out);
    } else {
      PieceReader.super.copy(piece, offset, length, out);
    }
  }

  private ByteSource source(String piece) throws IOException {
    ByteSource source = sources.get(piece);
    if (source == null) {
      throw new IOException("No piece is named " + piece);
    }
    return source;
  }
}
