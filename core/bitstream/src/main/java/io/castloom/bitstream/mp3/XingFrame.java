package io.castloom.bitstream.mp3;

import io.castloom.bitstream.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the first frame of a file from the index of the frames that follow: counts, table of
 * contents, delay and padding, and both checksums, without reading audio.
 */
public final class XingFrame {
  private static final int TAG_BYTES = 8 + 8 + XingTag.TOC_BYTES + 4 + XingTag.LAME_BYTES;
  private static final Bytes DEFAULT_LAME = defaultLame();

  private XingFrame() {}

  /** The frame for these audio frames, with LAME's usual fields. */
  public static Bytes of(FrameIndex index) {
    return of(index, null);
  }

  /**
   * The frame for these audio frames.
   *
   * @param like an encoder's tag, whose name, quality, lowpass and gains are kept
   */
  public static Bytes of(FrameIndex index, @Nullable XingTag like) {
    FrameHeader header = header(index);
    byte[] frame = Silence.frame(header);
    int at = header.overheadBytes();
    long total = frame.length + index.bytes();
    boolean constant = index.isConstantBitrate();

    byte[] lame = (like == null || like.lame().size() == 0 ? DEFAULT_LAME : like.lame()).toArray();
    int delay = index.gapless().delaySamples();
    int padding = index.gapless().paddingSamples();
    lame[21] = (byte) (delay >>> 4);
    lame[22] = (byte) (delay << 4 | padding >>> 8);
    lame[23] = (byte) padding;
    XingTag.putInt(lame, 28, (int) Math.min(total, 0xffffffffL));
    lame[32] = (byte) (index.musicCrc() >>> 8);
    lame[33] = (byte) index.musicCrc();
    int quality = like == null || like.quality() < 0 ? 0 : like.quality();
    new XingTag(
            !constant,
            index.count(),
            Math.min(total, 0xffffffffL),
            toc(index, frame.length),
            quality,
            Bytes.adopt(lame))
        .writeTo(frame, at);
    int crcAt = at + TAG_BYTES - 2;
    int crc = Crc.lame(0, frame, 0, crcAt);
    frame[crcAt] = (byte) (crc >>> 8);
    frame[crcAt + 1] = (byte) crc;
    return Bytes.adopt(frame);
  }

  /**
   * The audio's own slot if it is large enough, so that a constant stream looks constant; else the
   * next that is.
   */
  private static FrameHeader header(FrameIndex index) {
    FrameHeader header = index.firstHeader().withoutCrc();
    int slot = index.isConstantBitrate() ? header.bitrateIndex() : 1;
    while (true) {
      FrameHeader candidate = header.withSlot(slot, false);
      if (candidate.frameBytes() >= candidate.overheadBytes() + TAG_BYTES) {
        return candidate;
      }
      slot++;
    }
  }

  /** For each percent of the time, where it is in the file, in 256ths of its length. */
  private static Bytes toc(FrameIndex index, int frameBytes) {
    byte[] toc = new byte[XingTag.TOC_BYTES];
    long total = frameBytes + index.bytes();
    for (int percent = 0; percent < toc.length; percent++) {
      int frame = (int) ((long) index.count() * percent / 100);
      toc[percent] = (byte) Math.min(255, (frameBytes + index.offset(frame)) * 256 / total);
    }
    return Bytes.adopt(toc);
  }

  private static Bytes defaultLame() {
    byte[] lame = new byte[XingTag.LAME_BYTES];
    Bytes.latin1("LAME3.100").copyInto(lame, 0);
    return Bytes.adopt(lame);
  }
}
