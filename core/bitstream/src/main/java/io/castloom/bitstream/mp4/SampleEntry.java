package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * An audio sample entry and the elementary stream descriptor in it (ISO/IEC 14496-14, 5.6; 14496-1,
 * 7.2.6).
 */
final class SampleEntry {
  /** Box header, reserved, data reference, version and vendor, channels, bits, rate. */
  private static final int FIXED = 36;

  private static final int ES = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC = 5;

  private SampleEntry() {}

  /** The AudioSpecificConfig, or the whole entry if it has none. */
  static Bytes decoderConfiguration(Bytes entry) {
    if (entry.size() < FIXED) {
      return entry;
    }
    Box esds = Box.of(entry.toArray()).next("esds", FIXED);
    Box config = esds == null ? null : specific(esds);
    return config == null ? entry : Bytes.copyOf(config.copy(0, config.size()), 0, config.size());
  }

  private static @Nullable Box specific(Box esds) {
    Box es = descriptor(esds, 4, ES);
    if (es == null || !es.has(0, 3)) {
      return null;
    }
    int flags = es.byteAt(2);
    int at = 3 + ((flags & 0x80) != 0 ? 2 : 0) + ((flags & 0x20) != 0 ? 2 : 0);
    if ((flags & 0x40) != 0) {
      at += es.has(at, 1) ? 1 + es.byteAt(at) : 1;
    }
    Box decoder = descriptor(es, at, DECODER_CONFIG);
    return decoder == null ? null : descriptor(decoder, 13, DECODER_SPECIFIC);
  }

  private static @Nullable Box descriptor(Box box, int start, int tag) {
    if (!box.has(start, 2) || box.byteAt(start) != tag) {
      return null;
    }
    int length = 0;
    int at = start + 1;
    for (int i = 0; i < 4 && box.has(at, 1); i++) {
      int next = box.byteAt(at++);
      length = length << 7 | (next & 0x7f);
      if ((next & 0x80) == 0) {
        break;
      }
    }
    return box.has(at, length)
        ? new Box(box.block(), box.from() + at, box.from() + at + length)
        : null;
  }
}
