package io.castloom.service.stitch;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.PieceReader;
import java.io.IOException;

/** A stored piece as bytes at any offset, read in blocks ahead of what is asked for. */
final class StoredBytes implements ByteSource {

  private static final int BLOCK_BYTES = 256 << 10;

  private final PieceReader reader;
  private final String piece;
  private final long size;
  private long blockStart;
  private byte[] block = new byte[0];

  StoredBytes(PieceReader reader, String piece, long size) {
    this.reader = reader;
    this.piece = piece;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] target, int at, int length) throws IOException {
    int done = 0;
    while (done < length) {
      long from = offset + done;
      if (from < blockStart || from >= blockStart + block.length) {
        block = reader.read(piece, from, (int) Math.min(BLOCK_BYTES, size - from));
        blockStart = from;
      }
      int within = (int) (from - blockStart);
      int count = Math.min(length - done, block.length - within);
      System.arraycopy(block, within, target, at + done, count);
      done += count;
    }
  }
}
