package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Window;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A page (RFC 3533, section 6).
 *
 * @param flags 1: the first packet goes on from the page before; 2: first page of its stream; 4:
 *     last page
 * @param granule position in samples at the end of the last packet that ends here; -1 if none does
 * @param lacing for each segment its length; a packet ends with the first segment shorter than 255
 */
record OggPage(int flags, long granule, int serial, int sequence, Bytes lacing, Bytes body) {
  static final int CONTINUED = 1;
  static final int FIRST = 2;
  static final int LAST = 4;
  static final int HEADER = 27;

  private static final int CAPTURE = 0x4f676753;

  boolean is(int flag) {
    return (flags & flag) != 0;
  }

  /** Length of the whole page in bytes. */
  int length() {
    return HEADER + lacing.size() + body.size();
  }

  /** The page at a position, if a whole page with a right checksum stands there. */
  static @Nullable OggPage read(Window window, long position) throws IOException {
    int at = window.locate(position, HEADER);
    if (at < 0 || big(window.bytes(), at) != CAPTURE || window.bytes()[at + 4] != 0) {
      return null;
    }
    int segments = window.bytes()[at + 26] & 0xff;
    at = window.locate(position, HEADER + segments);
    if (at < 0) {
      return null;
    }
    int bodyBytes = 0;
    for (int i = 0; i < segments; i++) {
      bodyBytes += window.bytes()[at + HEADER + i] & 0xff;
    }
    int length = HEADER + segments + bodyBytes;
    at = window.locate(position, length);
    if (at < 0) {
      return null;
    }
    byte[] b = window.bytes();
    int crc = OggCrc.of(0, b, at, at + 22);
    crc = OggCrc.of(crc, new byte[4], 0, 4);
    crc = OggCrc.of(crc, b, at + 26, at + length);
    if (crc != little(b, at + 22)) {
      return null;
    }
    return new OggPage(
        b[at + 5],
        (little(b, at + 6) & 0xffffffffL) | (long) little(b, at + 10) << 32,
        little(b, at + 14),
        little(b, at + 18),
        Bytes.copyOf(b, at + HEADER, segments),
        Bytes.copyOf(b, at + HEADER + segments, bodyBytes));
  }

  /** Whether something that looks like a page stands at a position. */
  static boolean looksLike(Window window, long position) throws IOException {
    int at = window.locate(position, 4);
    return at >= 0 && big(window.bytes(), at) == CAPTURE;
  }

  /** The page as it stands in a file. */
  byte[] toArray() {
    byte[] page = new byte[length()];
    page[0] = 'O';
    page[1] = 'g';
    page[2] = 'g';
    page[3] = 'S';
    page[5] = (byte) flags;
    putLittle(page, 6, (int) granule);
    putLittle(page, 10, (int) (granule >>> 32));
    putLittle(page, 14, serial);
    putLittle(page, 18, sequence);
    page[26] = (byte) lacing.size();
    lacing.copyInto(page, HEADER);
    body.copyInto(page, HEADER + lacing.size());
    putLittle(page, 22, OggCrc.of(0, page, 0, page.length));
    return page;
  }

  static int little(byte[] b, int at) {
    return (b[at] & 0xff)
        | (b[at + 1] & 0xff) << 8
        | (b[at + 2] & 0xff) << 16
        | (b[at + 3] & 0xff) << 24;
  }

  static void putLittle(byte[] b, int at, int value) {
    for (int i = 0; i < 4; i++) {
      b[at + i] = (byte) (value >>> (8 * i));
    }
  }

  private static int big(byte[] b, int at) {
    return Integer.reverseBytes(little(b, at));
  }
}
