package io.castloom.bitstream.mp3;

/** Frames without any main data, which every decoder plays as digital silence. */
public final class Silence {
  private Silence() {}

  /**
   * A silent frame: header, side info whose lengths are all 0, and a main data area that nothing is
   * read of, free for the reservoir or for a tag.
   *
   * @throws IllegalArgumentException the header announces a checksum
   */
  public static byte[] frame(FrameHeader header) {
    return frames(header, 1);
  }

  /**
   * A stream of silent frames, {@link FrameHeader#frameBytes()} bytes each.
   *
   * @param count at least 0
   * @throws IllegalArgumentException the header announces a checksum
   */
  public static byte[] frames(FrameHeader header, int count) {
    if (header.hasCrc()) {
      throw new IllegalArgumentException("a silent frame has no checksum: " + header);
    }
    int size = header.frameBytes();
    byte[] stream = new byte[Math.multiplyExact(size, count)];
    for (int frame = 0; frame < count; frame++) {
      header.writeTo(stream, frame * size);
    }
    return stream;
  }
}
