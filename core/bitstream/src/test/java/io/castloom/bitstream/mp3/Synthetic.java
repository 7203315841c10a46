package io.castloom.bitstream.mp3;

import java.util.Arrays;
import java.util.Random;

/**
 * Streams with a right reservoir and random content, made without an encoder: 128 kbit/s at 44.1
 * kHz, joint stereo.
 */
final class Synthetic {
  private Synthetic() {}

  static byte[] stream(int frames, long seed) {
    Random random = new Random(seed);
    byte[] stream = new byte[frames * 418];
    random.nextBytes(stream);
    int at = 0;
    int area = 0;
    int packed = 0;
    for (int frame = 0; frame < frames; frame++) {
      FrameHeader header =
          new FrameHeader(0xfffb9044)
              .withSlot(9, frame > 0 && frame * 47 / 49 != (frame - 1) * 47 / 49);
      header.writeTo(stream, at);
      for (int i = 0; i < 32; i++) {
        stream[at + 4 + i] = 0;
      }
      int begin = Math.max(packed, area - 511);
      int room = area - begin + header.frameBytes() - 36;
      int bytes = Math.min(room, 300 + random.nextInt(160));
      SideInfo.writeMainDataBegin(stream, at + 4, MpegVersion.MPEG1, area - begin);
      // all data in the first granule's first channel: at most 4095 bits
      int bits = Math.min(4_095, bytes * 8);
      stream[at + 4 + 2] |= (byte) (bits >>> 8);
      stream[at + 4 + 3] = (byte) bits;
      packed = begin + (bits + 7) / 8;
      area += header.frameBytes() - 36;
      at += header.frameBytes();
    }
    return Arrays.copyOf(stream, at);
  }
}
