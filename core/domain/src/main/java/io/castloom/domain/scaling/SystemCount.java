package io.castloom.domain.scaling;

/**
 * How many tasks there will be, known by mean and variance alone: the binomial, Poisson or negative
 * binomial law that has both (Panjer's class, p(k) = (a + b/k) p(k-1)).
 *
 * @param mean expected number
 * @param variance its variance
 */
record SystemCount(double mean, double variance) {
  private static final double LARGE = 400;

  /** Chance of exactly {@code k}, and of at most {@code k}. */
  record Chance(double exactly, double atMost) {}

  /** Chances of 0 to {@code upTo}. */
  Chance[] chances(int upTo) {
    Chance[] chances = new Chance[upTo + 1];
    if (mean < 1e-9) {
      for (int k = 0; k <= upTo; k++) {
        chances[k] = new Chance(k == 0 ? 1 : 0, 1);
      }
      return chances;
    }
    if (mean > LARGE) {
      double sd = Math.sqrt(Math.max(variance, 0.25));
      for (int k = 0; k <= upTo; k++) {
        double atMost = LogNormal.phi((k + 0.5 - mean) / sd);
        chances[k] = new Chance(atMost - LogNormal.phi((k - 0.5 - mean) / sd), atMost);
      }
      return chances;
    }
    double v = Math.max(variance, mean * 0.05);
    double a = 1 - mean / v;
    double b = mean * mean / v - a;
    double p;
    if (Math.abs(a) < 1e-6) {
      a = 0;
      b = mean;
      p = Math.exp(-mean);
    } else {
      p = Math.exp((a + b) / a * Math.log1p(-a));
    }
    double sum = p;
    chances[0] = new Chance(p, sum);
    for (int k = 1; k <= upTo; k++) {
      p = Math.max(0, a + b / k) * p;
      sum = Math.min(1, sum + p);
      chances[k] = new Chance(p, sum);
    }
    return chances;
  }
}
