package io.castloom.assembler.publish;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.PieceReader;
import io.castloom.domain.store.ObjectData;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stretch of a planned file as data to send: own bytes, and bytes of pieces that are read while
 * it is sent. At most 1 MiB is in memory.
 */
final class PlannedBytes implements ObjectData {

  private static final int BLOCK_BYTES = 1 << 20;

  private final BytePlan plan;
  private final PieceReader pieces;
  private final long from;
  private final long length;
  private final String contentType;

  PlannedBytes(BytePlan plan, PieceReader pieces, long from, long length, String contentType) {
    this.plan = plan;
    this.pieces = pieces;
    this.from = from;
    this.length = length;
    this.contentType = contentType;
  }

  @Override
  public long sizeBytes() {
    return length;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public InputStream open() {
    return new Blocks();
  }

  /** Reads block by block; a block never crosses the border of two parts. */
  private final class Blocks extends InputStream {
    private long at = from;
    private byte[] block = new byte[0];
    private int used;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
      if (used == block.length) {
        if (at == from + length) {
          return -1;
        }
        block = next();
        used = 0;
        at += block.length;
      }
      int count = Math.min(wanted, block.length - used);
      System.arraycopy(block, used, target, offset, count);
      used += count;
      return count;
    }

    private byte[] next() throws IOException {
      long start = 0;
      for (BytePlan.Part part : plan.parts()) {
        long end = start + part.length();
        if (at < end) {
          int size = (int) Math.min(Math.min(end, from + length) - at, BLOCK_BYTES);
          long within = at - start;
          return switch (part) {
            case BytePlan.Literal(var bytes) ->
                bytes.slice((int) within, (int) within + size).toArray();
            case BytePlan.Made made -> {
              byte[] all = made.bytes(pieces);
              int to = (int) Math.min(all.length, from + length - start);
              yield Arrays.copyOfRange(all, (int) within, to); // all at once: it is made once
            }
            case BytePlan.CopyRange(String piece, long offset, long _) ->
                pieces.read(piece, offset + within, size);
          };
        }
        start = end;
      }
      throw new IOException("the plan ends before byte " + at);
    }
  }
}
