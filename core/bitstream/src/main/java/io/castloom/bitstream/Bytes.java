package io.castloom.bitstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes with value equality. */
public final class Bytes {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the given bytes. */
  public static Bytes copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** A copy of {@code length} bytes from {@code offset}. */
  public static Bytes copyOf(byte[] bytes, int offset, int length) {
    return new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** The array itself, which the caller gives away: he must not write to it again. */
  public static Bytes adopt(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** The bytes of a text in ISO 8859-1, for tags and box names. */
  public static Bytes latin1(String text) {
    return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Number of bytes. */
  public int size() {
    return content.length;
  }

  /** One byte, 0 to 255. */
  public int at(int index) {
    return content[index] & 0xff;
  }

  /** A copy as an array. */
  public byte[] toArray() {
    return content.clone();
  }

  /** A read-only view, positioned at 0. */
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /** The bytes from {@code from} (included) to {@code to} (excluded). */
  public Bytes slice(int from, int to) {
    return copyOf(content, from, to - from);
  }

  /** Writes all bytes to a stream. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  /** Writes the bytes from {@code from} (included) to {@code to} (excluded) to a stream. */
  public void writeTo(OutputStream out, int from, int to) throws IOException {
    out.write(content, from, to - from);
  }

  /** Copies all bytes into an array. */
  public void copyInto(byte[] target, int at) {
    System.arraycopy(content, 0, target, at, content.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The length and at most the first 16 bytes in hexadecimal. */
  @Override
  public String toString() {
    int shown = Math.min(16, content.length);
    return content.length
        + " bytes "
        + HexFormat.of().formatHex(content, 0, shown)
        + (shown < content.length ? "..." : "");
  }
}
