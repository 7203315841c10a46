package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import java.io.ByteArrayOutputStream;

/** The pages before the audio: the head alone on the first one, then the comments. */
final class HeaderPages {
  private static final int MAX_SEGMENTS = 255;

  private final int serial;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int count;

  private HeaderPages(int serial) {
    this.serial = serial;
  }

  static HeaderPages of(OpusHead head, OpusTags tags, int serial) {
    HeaderPages pages = new HeaderPages(serial);
    pages.packet(head.toArray(), OggPage.FIRST);
    pages.packet(tags.toArray(), 0);
    return pages;
  }

  int count() {
    return count;
  }

  byte[] toArray() {
    return out.toByteArray();
  }

  /** A packet on pages of its own; one that fills its last segment ends with an empty one. */
  private void packet(byte[] content, int flags) {
    int segments = content.length / 255 + 1;
    int pageFlags = flags;
    for (int from = 0; from < segments; from += MAX_SEGMENTS) {
      int to = Math.min(segments, from + MAX_SEGMENTS);
      byte[] lacing = new byte[to - from];
      java.util.Arrays.fill(lacing, (byte) 255);
      if (to == segments) {
        lacing[lacing.length - 1] = (byte) (content.length % 255);
      }
      Bytes body =
          Bytes.copyOf(content, from * 255, Math.min(content.length, to * 255) - from * 255);
      long granule = to == segments ? 0 : -1; // of a page in which no packet ends there is none
      out.writeBytes(
          new OggPage(pageFlags, granule, serial, count++, Bytes.adopt(lacing), body).toArray());
      pageFlags = OggPage.CONTINUED;
    }
  }
}
