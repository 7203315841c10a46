package io.castloom.bitstream.ogg;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a file's first logical stream, one after the other. Pages of other streams,
 * garbage and pages with a wrong checksum are passed over and counted; a packet that lost a part is
 * dropped.
 */
final class OggPackets {
  /** The longest packet; tags with a cover are the longest in practice. */
  static final int MAX_PACKET = 16 << 20;

  /**
   * A packet.
   *
   * @param granule the page's position if this is the last packet that ends in its page, else -1
   * @param lastPage whether the page is the stream's last
   */
  record Packet(Bytes bytes, long granule, boolean lastPage) {}

  private static final int MAX_FAILURES = 1_000;

  private final Window window;
  private final Deque<Packet> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private boolean isOpen;
  private boolean started;
  private boolean ended;
  private int serial;
  private int sequence;
  private long position;
  private long damaged;
  private int failures;

  OggPackets(ByteSource source) throws IOException {
    window = new Window(source);
  }

  /**
   * Bytes that were passed over so far because they are no pages of any stream, or lie in a gap.
   */
  long damaged() {
    return damaged;
  }

  /** The next packet, or null at the end of the stream. */
  @Nullable Packet next() throws IOException {
    while (ready.isEmpty() && !ended && position < window.size()) {
      OggPage page = OggPage.read(window, position);
      if (page == null) {
        // each wrong checksum costs the time of a page: a file of nothing else is given up
        ended = OggPage.looksLike(window, position) && ++failures > MAX_FAILURES;
        position++;
        damaged++;
        continue;
      }
      position += page.length();
      take(page);
    }
    return ready.poll();
  }

  private void take(OggPage page) throws IOException {
    if (!started) {
      started = page.is(OggPage.FIRST);
      serial = page.serial();
      sequence = page.sequence() - 1;
    }
    if (!started || page.serial() != serial) {
      return;
    }
    boolean gap = page.sequence() != sequence + 1;
    sequence = page.sequence();
    if (gap || !page.is(OggPage.CONTINUED)) {
      damaged += open.size() + (gap ? 1 : 0);
      drop();
    }
    cut(page);
    ended = page.is(OggPage.LAST);
  }

  private void cut(OggPage page) throws IOException {
    boolean headMissing = page.is(OggPage.CONTINUED) && !isOpen;
    int at = 0;
    int lastEnd = -1;
    for (int i = 0; i < page.lacing().size(); i++) {
      lastEnd = page.lacing().at(i) < 255 ? i : lastEnd;
    }
    for (int i = 0; i < page.lacing().size(); i++) {
      int length = page.lacing().at(i);
      if (!headMissing && open.size() + length <= MAX_PACKET) {
        page.body().writeTo(open, at, at + length);
        isOpen = true;
      } else {
        damaged += length;
        headMissing = true;
      }
      at += length;
      if (length < 255) {
        if (!headMissing) {
          long granule = i == lastEnd ? page.granule() : -1;
          ready.add(new Packet(Bytes.adopt(open.toByteArray()), granule, page.is(OggPage.LAST)));
        }
        headMissing = false;
        drop();
      }
    }
  }

  private void drop() {
    open.reset();
    isOpen = false;
  }
}
