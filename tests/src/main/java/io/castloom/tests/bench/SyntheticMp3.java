package io.castloom.tests.bench;

import java.util.Random;

/**
 * An MP3 stream made without an encoder: valid headers, side info and reservoir around random data,
 * 128 kbit/s at 48 kHz, where every frame has 384 bytes.
 */
final class SyntheticMp3 {
  private static final int FRAME = 384;
  private static final int OVERHEAD = 36;
  private static final int MAX_BEGIN = 511;

  private SyntheticMp3() {}

  static byte[] frames(int count) {
    byte[] stream = new byte[count * FRAME];
    Random random = new Random(1);
    random.nextBytes(stream);
    int used = 0;
    for (int frame = 0; frame < count; frame++) {
      int at = frame * FRAME;
      int area = frame * (FRAME - OVERHEAD);
      int begin = Math.max(used, area - MAX_BEGIN);
      int room = area - begin + FRAME - OVERHEAD;
      int bits = 8 * Math.min(room, 300 + random.nextInt(90));
      for (int i = 0; i < OVERHEAD; i++) {
        stream[at + i] = 0;
      }
      // MPEG-1 layer III, no checksum, 128 kbit/s, 48 kHz, joint stereo
      stream[at] = (byte) 0xff;
      stream[at + 1] = (byte) 0xfb;
      stream[at + 2] = (byte) 0x94;
      stream[at + 3] = 0x44;
      int borrowed = area - begin;
      stream[at + 4] = (byte) (borrowed >>> 1);
      stream[at + 5] = (byte) (borrowed << 7);
      // all data in the first granule's first channel
      stream[at + 6] = (byte) (bits >>> 8);
      stream[at + 7] = (byte) bits;
      used = begin + bits / 8;
    }
    return stream;
  }
}
