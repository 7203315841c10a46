package io.castloom.domain.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The gated means of EBU R128, over all the values of a sound wherever they were measured. */
final class Gating {

  /** Blocks below are silence (ITU-R BS.1770-4). */
  private static final double ABSOLUTE_LUFS = -70;

  /** Blocks this far below the mean of the others do not count (ITU-R BS.1770-4). */
  private static final double RELATIVE_LU = 10;

  /** The same for the range (EBU Tech 3342). */
  private static final double RANGE_RELATIVE_LU = 20;

  private Gating() {}

  /** Integrated loudness of momentary values; null when everything is silence. */
  static @Nullable Double integrated(float[] momentary) {
    double mean = mean(momentary, ABSOLUTE_LUFS);
    if (Double.isNaN(mean)) {
      return null;
    }
    return mean(momentary, Math.max(ABSOLUTE_LUFS, mean - RELATIVE_LU));
  }

  /** Loudness range of short-term values in LU; 0 when everything is silence. */
  static double range(float[] shortTerm) {
    double mean = mean(shortTerm, ABSOLUTE_LUFS);
    if (Double.isNaN(mean)) {
      return 0;
    }
    double gate = Math.max(ABSOLUTE_LUFS, mean - RANGE_RELATIVE_LU);
    double[] kept = new double[shortTerm.length];
    int count = 0;
    for (float value : shortTerm) {
      if (value >= gate) {
        kept[count++] = value;
      }
    }
    double[] sorted = Arrays.copyOf(kept, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : percentile(sorted, 0.95) - percentile(sorted, 0.10);
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** Loudness of the mean power of the values above the gate. */
  private static double mean(float[] values, double gate) {
    double power = 0;
    int count = 0;
    for (float value : values) {
      if (value >= gate) {
        power += Math.pow(10, value / 10);
        count++;
      }
    }
    return count == 0 ? Double.NaN : 10 * Math.log10(power / count);
  }
}
