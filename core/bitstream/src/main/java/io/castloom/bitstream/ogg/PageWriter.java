package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Fills pages with packets: about a second of sound, or as many segments as a page holds. */
final class PageWriter {
  private static final int MAX_PAGE_SAMPLES = 48_000;
  private static final int MAX_SEGMENTS = 255;

  private final OutputStream out;
  private final int serial;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final ByteArrayOutputStream lacing = new ByteArrayOutputStream();
  private int sequence;
  private long granule;
  private int pageSamples;
  private boolean continued;
  private boolean packetEnds;
  private long bytes;

  PageWriter(OutputStream out, int serial) {
    this.out = out;
    this.serial = serial;
  }

  long bytes() {
    return bytes;
  }

  /** How many pages were written. */
  int pages() {
    return sequence;
  }

  void headers(byte[] head, byte[] tags) throws IOException {
    segments(Bytes.adopt(head));
    flush(OggPage.FIRST);
    segments(Bytes.adopt(tags));
    flush(0);
  }

  void packet(Bytes packet, int samples) throws IOException {
    int needed = packet.size() / 255 + 1;
    if (lacing.size() > 0
        && (lacing.size() + needed > MAX_SEGMENTS || pageSamples + samples > MAX_PAGE_SAMPLES)) {
      flush(0);
    }
    segments(packet);
    granule += samples;
    pageSamples += samples;
  }

  private void segments(Bytes packet) throws IOException {
    byte[] content = packet.toArray();
    int at = 0;
    int length;
    do {
      if (lacing.size() == MAX_SEGMENTS) {
        flush(0);
        continued = true;
      }
      length = Math.min(255, content.length - at);
      lacing.write(length);
      body.write(content, at, length);
      at += length;
    } while (length == 255);
    packetEnds = true;
  }

  /** Ends the stream at a position that may lie before the end of the last packet. */
  void end(long position) throws IOException {
    granule = position;
    flush(OggPage.LAST);
  }

  private void flush(int flags) throws IOException {
    OggPage page =
        new OggPage(
            flags | (continued ? OggPage.CONTINUED : 0),
            packetEnds ? granule : -1,
            serial,
            sequence++,
            Bytes.adopt(lacing.toByteArray()),
            Bytes.adopt(body.toByteArray()));
    out.write(page.toArray());
    bytes += page.length();
    body.reset();
    lacing.reset();
    pageSamples = 0;
    continued = false;
    packetEnds = false;
  }
}
