package io.castloom.domain.scaling;

/**
 * A positive duration of uncertain length, in seconds: boots and services are skewed to the right,
 * and this is the simplest law that is.
 *
 * @param mu mean of the logarithm
 * @param sigma standard deviation of the logarithm, at least 0.01
 */
record LogNormal(double mu, double sigma) {
  private static final int TABLE = 1024;

  /** Normal quantiles at (i + 0.5) / TABLE: a draw is one look-up and one exponential. */
  private static final double[] QUANTILES = quantiles();

  LogNormal {
    sigma = Math.max(0.01, sigma);
  }

  static LogNormal ofMean(double mean, double sigma) {
    return new LogNormal(Math.log(mean) - sigma * sigma / 2, sigma);
  }

  double mean() {
    return Math.exp(mu + sigma * sigma / 2);
  }

  /** Value that a share {@code u} of all lie below; {@code u} strictly between 0 and 1. */
  double quantile(double u) {
    int index = (int) (u * TABLE);
    return Math.exp(mu + sigma * QUANTILES[Math.clamp(index, 0, TABLE - 1)]);
  }

  /** Chance to last longer than {@code x} seconds. */
  double survival(double x) {
    return x <= 0 ? 1 : 1 - phi((Math.log(x) - mu) / sigma);
  }

  /** Chance that one that has lasted {@code age} lasts {@code more} seconds longer. */
  double survival(double age, double more) {
    double lasted = survival(age);
    // far out in the tail the law says nothing any more: treat it as if it had no memory, at its
    // own scale
    return lasted < 1e-3 ? Math.exp(-more / (0.5 * mean())) : survival(age + more) / lasted;
  }

  /** Rest of one that has lasted {@code age}, at the draw {@code u}. */
  double residual(double age, double u) {
    double whole = quantile(u);
    if (whole > age) {
      return whole - age;
    }
    double lasted = survival(age);
    if (lasted < 1e-3) {
      return -Math.log(u) * 0.5 * mean();
    }
    return Math.max(0, quantile(1 - u * lasted) - age);
  }

  /** The normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
  static double phi(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double tail =
        0.3989422804014327
            * Math.exp(-x * x / 2)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return x >= 0 ? 1 - tail : tail;
  }

  private static double[] quantiles() {
    double[] quantiles = new double[TABLE];
    for (int i = 0; i < TABLE; i++) {
      double wanted = (i + 0.5) / TABLE;
      double low = -6;
      double high = 6;
      for (int step = 0; step < 50; step++) {
        double middle = (low + high) / 2;
        if (phi(middle) < wanted) {
          low = middle;
        } else {
          high = middle;
        }
      }
      quantiles[i] = (low + high) / 2;
    }
    return quantiles;
  }
}
