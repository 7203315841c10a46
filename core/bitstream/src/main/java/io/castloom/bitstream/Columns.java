package io.castloom.bitstream;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflated bytes of a known size, as stored indexes end with them (RFC 1951, without a header). */
public final class Columns {
  private Columns() {}

  /** Appends the columns, deflated. */
  public static void deflate(byte[] columns, ByteArrayOutputStream out) {
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(columns);
      deflater.finish();
      byte[] block = new byte[1 << 14];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
    }
  }

  /**
   * Fills the columns.
   *
   * @param from where they begin in the stored bytes; they are all that follows
   * @return false if they are damaged, or not exactly as many as they should be
   */
  public static boolean inflate(byte[] stored, int from, byte[] columns) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(stored, from, stored.length - from);
      int filled = 0;
      while (filled < columns.length) {
        int got = inflater.inflate(columns, filled, columns.length - filled);
        if (got == 0) {
          return false;
        }
        filled += got;
      }
      return inflater.inflate(new byte[1]) == 0 && inflater.finished();
    } catch (DataFormatException e) {
      return false;
    }
  }
}
