package io.castloom.bitstream.flac;

import java.io.ByteArrayOutputStream;

/**
 * Writes samples as a frame that holds them as they are (VERBATIM subframes; RFC 9639, 9.2.2), so
 * that its length is known before the samples are.
 */
final class PlainFrame {
  private static final int[] RATES = {
    0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };
  private static final int[] DEPTHS = {0, 8, 12, 0, 16, 20, 24, 32};
  private static final int SIZE_IN_TWO_BYTES = 7;
  private static final int VERBATIM = 1 << 1;

  private PlainFrame() {}

  /** Bytes of a frame of so many samples, with a number. */
  static int length(StreamInfo info, int samples, long number) {
    long bits = info.channels() * (8 + (long) samples * info.bits());
    return header(info, samples, false, number).length + (int) ((bits + 7) / 8) + 2;
  }

  /**
   * Writes a frame.
   *
   * @param samples by channel
   * @param fixed whether frames are numbered, not samples
   */
  static byte[] of(StreamInfo info, long[][] samples, boolean fixed, long number) {
    byte[] header = header(info, samples[0].length, fixed, number);
    byte[] frame = new byte[length(info, samples[0].length, number)];
    System.arraycopy(header, 0, frame, 0, header.length);
    long at = 8L * header.length;
    for (long[] channel : samples) {
      at = put(frame, at, VERBATIM, 8);
      for (long sample : channel) {
        at = put(frame, at, sample, info.bits());
      }
    }
    int crc = FlacCrc.frame(frame, 0, frame.length - 2);
    frame[frame.length - 2] = (byte) (crc >>> 8);
    frame[frame.length - 1] = (byte) crc;
    return frame;
  }

  private static long put(byte[] bytes, long at, long value, int count) {
    long position = at;
    for (int left = count; left > 0; ) {
      int inByte = (int) (position & 7);
      int taken = Math.min(left, 8 - inByte);
      int part = (int) (value >>> (left - taken)) & ((1 << taken) - 1);
      bytes[(int) (position >>> 3)] |= (byte) (part << (8 - inByte - taken));
      position += taken;
      left -= taken;
    }
    return position;
  }

  private static byte[] header(StreamInfo info, int samples, boolean fixed, long number) {
    int rate = rateCode(info.rateHz());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xff);
    out.write(fixed ? 0xf8 : 0xf9);
    out.write(SIZE_IN_TWO_BYTES << 4 | rate);
    out.write((info.channels() - 1) << 4 | depthCode(info.bits()) << 1);
    out.writeBytes(FlacHeader.encode(number));
    out.write((samples - 1) >>> 8);
    out.write(samples - 1);
    switch (rate) {
      case 12 -> out.write(info.rateHz() / 1_000);
      case 13, 14 -> {
        int told = rate == 13 ? info.rateHz() : info.rateHz() / 10;
        out.write(told >>> 8);
        out.write(told);
      }
      default -> {} // the code says it all
    }
    byte[] header = out.toByteArray();
    out.write(FlacCrc.header(header, 0, header.length));
    return out.toByteArray();
  }

  /** By table, in kHz, in Hz, in tens of Hz, or 0: as the stream info says. */
  private static int rateCode(int hz) {
    for (int i = 1; i < RATES.length; i++) {
      if (RATES[i] == hz) {
        return i;
      }
    }
    if (hz % 1_000 == 0 && hz / 1_000 < 256) {
      return 12;
    }
    return hz < 1 << 16 ? 13 : hz % 10 == 0 && hz / 10 < 1 << 16 ? 14 : 0;
  }

  private static int depthCode(int bits) {
    for (int i = 1; i < DEPTHS.length; i++) {
      if (DEPTHS[i] == bits) {
        return i;
      }
    }
    return 0;
  }
}
