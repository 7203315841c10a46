package io.castloom.bitstream;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflated bytes of a known size, as stored indexes end with them (RFC 1951, without a header). */
public final class Columns {
  private Columns() {}

  /**
   * Writes numbers as columns of their bytes, the most significant first, which pack better than
   * the numbers.
   *
   * @param width bytes of each number, 1 to 4
   */
  public static void spread(int[] values, int width, byte[] columns, int at) {
    for (int b = 0; b < width; b++) {
      for (int i = 0; i < values.length; i++) {
        columns[at + b * values.length + i] = (byte) (values[i] >>> (8 * (width - 1 - b)));
      }
    }
  }

  /** Reads what {@link #spread} wrote. */
  public static int[] gather(byte[] columns, int at, int width, int count) {
    int[] values = new int[count];
    for (int b = 0; b < width; b++) {
      for (int i = 0; i < count; i++) {
        values[i] = values[i] << 8 | (columns[at + b * count + i] & 0xff);
      }
    }
    return values;
  }

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
