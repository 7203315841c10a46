package io.castloom.domain.scaling.sim;

/**
 * How instances behave.
 *
 * @param bootMean seconds from launch to the first task taken, on average
 * @param bootP90 ninth decile of the same
 * @param failedShare launches that never come up, 0 to 1
 * @param seed of all that is drawn
 */
public record World(double bootMean, double bootP90, double failedShare, long seed) {
  public World {
    if (!(bootMean > 0) || !(bootP90 > bootMean) || !(bootP90 < 2 * bootMean)) {
      throw new IllegalArgumentException(
          "a boot's mean is above 0 and its p90 between that and twice that: mean "
              + bootMean
              + ", p90 "
              + bootP90);
    }
    if (!(failedShare >= 0 && failedShare <= 1)) {
      throw new IllegalArgumentException("the share of failed boots is 0 to 1, not " + failedShare);
    }
  }

  /** Boots of 110 s on average, 150 s in the ninth decile, 2 % of them failing. */
  public static World usual(long seed) {
    return new World(110, 150, 0.02, seed);
  }

  /** Spread of the logarithm of a boot. */
  double bootSigma() {
    return 1.2816 - Math.sqrt(1.2816 * 1.2816 - 2 * Math.log(bootP90 / bootMean));
  }
}
