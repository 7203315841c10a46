package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;

/** How long a packet sounds, from its first bytes (RFC 6716, 3.1). */
final class OpusPacket {
  /** The shortest packet, 2.5 ms; the length of each is a multiple of it. */
  static final int UNIT_SAMPLES = 120;

  /** The longest packet, 120 ms. */
  static final int MAX_SAMPLES = 5_760;

  private static final int[] SILK_SAMPLES = {480, 960, 1_920, 2_880};

  private OpusPacket() {}

  /** Samples at 48 kHz: 120 to 5760; 0 if the packet is broken. */
  static int samples(Bytes packet) {
    return samples(packet, 0, packet.size());
  }

  /** The same, of a packet that stands among others. */
  static int samples(Bytes bytes, int at, int size) {
    if (size == 0) {
      return 0;
    }
    int toc = bytes.at(at);
    int config = toc >>> 3;
    int frame =
        config < 12
            ? SILK_SAMPLES[config & 3]
            : config < 16 ? 480 << (config & 1) : 120 << (config & 3);
    int frames =
        switch (toc & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> size < 2 ? 0 : bytes.at(at + 1) & 63;
        };
    int samples = frame * frames;
    return samples > MAX_SAMPLES ? 0 : samples;
  }
}
