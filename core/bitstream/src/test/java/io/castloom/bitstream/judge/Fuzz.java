package io.castloom.bitstream.judge;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as transfers, recorders and attackers do. */
public final class Fuzz {
  private static final int[] NASTY = {0, 1, 0x7f, 0x80, 0xff};

  private Fuzz() {}

  /**
   * A damaged copy: bytes changed, runs deleted, doubled or overwritten, the end cut off. The same
   * for the same seed.
   */
  public static byte[] mutated(byte[] bytes, long seed) {
    Random random = new Random(seed);
    byte[] result = bytes.clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes && result.length > 0; i++) {
      int at = random.nextInt(result.length);
      int length = Math.min(result.length - at, 1 + random.nextInt(16));
      switch (random.nextInt(6)) {
        case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> result[at] = (byte) NASTY[random.nextInt(NASTY.length)];
        case 2 -> Arrays.fill(result, at, at + length, (byte) NASTY[random.nextInt(NASTY.length)]);
        case 3 -> result = Arrays.copyOf(result, at);
        case 4 -> {
          byte[] shorter = new byte[result.length - length];
          System.arraycopy(result, 0, shorter, 0, at);
          System.arraycopy(result, at + length, shorter, at, shorter.length - at);
          result = shorter;
        }
        default -> {
          byte[] longer = new byte[result.length + length];
          System.arraycopy(result, 0, longer, 0, at + length);
          System.arraycopy(result, at, longer, at + length, result.length - at);
          result = longer;
        }
      }
    }
    return result;
  }
}
