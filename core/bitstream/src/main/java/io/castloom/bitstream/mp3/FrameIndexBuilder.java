package io.castloom.bitstream.mp3;

import java.util.Arrays;

/** Collects frames in order. */
final class FrameIndexBuilder {
  private final FrameHeader first;
  private final MpegVersion version;
  private final int rateHz;
  private int count;
  private int[] packed = new int[256];
  private char[] crcs = new char[256];
  private long[] offsets = new long[257];

  FrameIndexBuilder(FrameHeader first) {
    this.first = first;
    this.version = first.version();
    this.rateHz = first.rateHz();
  }

  int count() {
    return count;
  }

  int crc() {
    return count == 0 ? 0 : crcs[count - 1];
  }

  /** Adds a frame of which the LAME checksum so far, with the frame itself, is known. */
  void add(int bits, int crc) {
    add(bits, Packed.frameBytes(bits, version, rateHz), crc);
  }

  /** Adds a frame whose size is known to be that of its bits. */
  void add(int bits, int size, int crc) {
    if (count == packed.length) {
      packed = Arrays.copyOf(packed, 2 * count);
      crcs = Arrays.copyOf(crcs, 2 * count);
      offsets = Arrays.copyOf(offsets, 2 * count + 1);
    }
    packed[count] = bits;
    crcs[count] = (char) crc;
    offsets[count + 1] = offsets[count] + size;
    count++;
  }

  /** Adds a frame that is given by its bytes. */
  void add(byte[] bytes, int at, FrameHeader header) {
    int size = header.frameBytes();
    add(Packed.of(bytes, at, header), size, Crc.lame(crc(), bytes, at, at + size));
  }

  FrameIndex build(Gapless gapless) {
    return new FrameIndex(
        first,
        gapless,
        Arrays.copyOf(packed, count),
        Arrays.copyOf(crcs, count),
        Arrays.copyOf(offsets, count + 1));
  }
}
