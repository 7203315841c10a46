package io.castloom.bitstream.mp3;

/**
 * Builds the index of a splice: copied frames keep their entries, and checksums of ranges are moved
 * without reading them.
 */
final class SplicedIndex {
  private final FrameIndexBuilder builder;
  private final char[][] zeros = new char[FrameHeader.MAX_FRAME_BYTES + 1][];

  SplicedIndex(FrameHeader first) {
    builder = new FrameIndexBuilder(first);
  }

  void addRewritten(byte[] frame) {
    builder.add(frame, 0, new FrameHeader(FrameHeader.wordAt(frame, 0)));
  }

  /**
   * Adds frames as they are. With start value 0 the checksum is linear, so the difference of the
   * two checksums before a range goes through it as if the range were zeros.
   */
  void addCopied(FrameIndex source, int from, int to) {
    int difference = builder.crc() ^ source.crcBefore(from);
    for (int frame = from; frame < to; frame++) {
      int size = source.size(frame);
      if (difference != 0) {
        difference = Crc.apply(zerosOf(size), difference);
      }
      builder.add(source.packed(frame), size, source.crcBefore(frame + 1) ^ difference);
    }
  }

  private char[] zerosOf(int size) {
    char[] map = zeros[size];
    if (map == null) {
      map = Crc.zeros(size);
      zeros[size] = map;
    }
    return map;
  }

  FrameIndex build(Gapless gapless) {
    return builder.build(gapless);
  }
}
