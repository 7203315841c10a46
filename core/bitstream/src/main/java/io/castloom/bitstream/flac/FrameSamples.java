package io.castloom.bitstream.flac;

/**
 * Decodes a single frame to its samples (RFC 9639, 9.2), for the few frames that a cut divides. All
 * else is copied without decoding.
 */
final class FrameSamples {
  private static final int LEFT_SIDE = 8;
  private static final int SIDE_RIGHT = 9;
  private static final int MID_SIDE = 10;
  private static final int MAX_ORDER = 32;

  private final BitReader bits;
  private final int size;

  private FrameSamples(BitReader bits, int size) {
    this.bits = bits;
    this.size = size;
  }

  /**
   * The samples of a frame.
   *
   * @param frame all its bytes
   * @return by channel
   * @throws DamagedFrameException it is not a whole frame with right checksums, or not of this
   *     stream
   */
  static long[][] of(byte[] frame, StreamInfo info) throws DamagedFrameException {
    FlacHeader header = FlacHeader.read(frame, 0, frame.length);
    if (header == null || FlacCrc.frame(frame, 0, frame.length) != 0) {
      throw new DamagedFrameException("its checksum is wrong");
    }
    int assignment = (frame[3] & 0xf0) >>> 4;
    int channels = assignment < LEFT_SIDE ? assignment + 1 : 2;
    if (channels != info.channels()) {
      throw new DamagedFrameException("it has " + channels + " channels");
    }
    FrameSamples reader =
        new FrameSamples(
            new BitReader(frame, header.length(), frame.length - 2), header.blockSize());
    long[][] samples = new long[channels][];
    for (int c = 0; c < channels; c++) {
      boolean side = assignment == SIDE_RIGHT ? c == 0 : assignment >= LEFT_SIDE && c == 1;
      samples[c] = reader.subframe(info.bits() + (side ? 1 : 0));
    }
    decorrelate(assignment, samples);
    return samples;
  }

  private static void decorrelate(int assignment, long[][] samples) {
    if (assignment < LEFT_SIDE) {
      return;
    }
    long[] first = samples[0];
    long[] second = samples[1];
    for (int i = 0; i < first.length; i++) {
      long a = first[i];
      long b = second[i];
      switch (assignment) {
        case LEFT_SIDE -> second[i] = a - b;
        case SIDE_RIGHT -> first[i] = a + b;
        case MID_SIDE -> {
          long mid = a << 1 | (b & 1);
          first[i] = (mid + b) >> 1;
          second[i] = (mid - b) >> 1;
        }
        default -> throw new IllegalArgumentException("no such assignment: " + assignment);
      }
    }
  }

  private long[] subframe(int depth) throws DamagedFrameException {
    if (bits.unsigned(1) != 0) {
      throw new DamagedFrameException("a subframe does not begin with 0");
    }
    int type = (int) bits.unsigned(6);
    int wasted = bits.unsigned(1) == 0 ? 0 : bits.zeros() + 1;
    int own = depth - wasted;
    if (own < 1) {
      throw new DamagedFrameException("a subframe wastes all its bits");
    }
    long[] samples = new long[size];
    if (type == 0) {
      java.util.Arrays.fill(samples, bits.signed(own));
    } else if (type == 1) {
      warmUp(samples, size, own);
    } else if (type >= 8 && type <= 12) {
      fixed(samples, type - 8, own);
    } else if (type >= 32) {
      predicted(samples, type - 31, own);
    } else {
      throw new DamagedFrameException("a subframe has the reserved type " + type);
    }
    for (int i = 0; i < size && wasted > 0; i++) {
      samples[i] <<= wasted;
    }
    return samples;
  }

  private void warmUp(long[] samples, int count, int depth) throws DamagedFrameException {
    if (count > size) {
      throw new DamagedFrameException("its predictor is longer than the frame");
    }
    for (int i = 0; i < count; i++) {
      samples[i] = bits.signed(depth);
    }
  }

  private void fixed(long[] s, int order, int depth) throws DamagedFrameException {
    warmUp(s, order, depth);
    residual(s, order);
    for (int i = order; i < size; i++) {
      s[i] +=
          switch (order) {
            case 0 -> 0;
            case 1 -> s[i - 1];
            case 2 -> 2 * s[i - 1] - s[i - 2];
            case 3 -> 3 * s[i - 1] - 3 * s[i - 2] + s[i - 3];
            default -> 4 * s[i - 1] - 6 * s[i - 2] + 4 * s[i - 3] - s[i - 4];
          };
    }
  }

  private void predicted(long[] samples, int order, int depth) throws DamagedFrameException {
    warmUp(samples, order, depth);
    int precision = (int) bits.unsigned(4) + 1;
    int shift = (int) bits.signed(5);
    if (precision == 16 || shift < 0 || order > MAX_ORDER) {
      throw new DamagedFrameException("its predictor is impossible");
    }
    long[] coefficients = new long[order];
    for (int i = 0; i < order; i++) {
      coefficients[i] = bits.signed(precision);
    }
    residual(samples, order);
    for (int i = order; i < size; i++) {
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += coefficients[j] * samples[i - 1 - j];
      }
      samples[i] += sum >> shift;
    }
  }

  /** Puts what the predictor missed behind the first samples. */
  private void residual(long[] samples, int order) throws DamagedFrameException {
    int method = (int) bits.unsigned(2);
    if (method > 1) {
      throw new DamagedFrameException("its residual is coded in a reserved way");
    }
    int parameterBits = 4 + method;
    int partitions = 1 << (int) bits.unsigned(4);
    int each = size / partitions;
    if (each * partitions != size || each < order) {
      throw new DamagedFrameException("its residual has impossible partitions");
    }
    int at = order;
    for (int p = 1; p <= partitions; p++) {
      int parameter = (int) bits.unsigned(parameterBits);
      boolean plain = parameter == (1 << parameterBits) - 1;
      int width = plain ? (int) bits.unsigned(5) : parameter;
      for (; at < p * each; at++) {
        samples[at] = plain ? bits.signed(width) : rice(width);
      }
    }
  }

  private long rice(int parameter) throws DamagedFrameException {
    long folded = (long) bits.zeros() << parameter | bits.unsigned(parameter);
    return folded >>> 1 ^ -(folded & 1);
  }
}
