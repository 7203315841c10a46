package io.castloom.domain.scaling;

/**
 * What preventing one late task is worth, in seconds of one slot. It moves by itself: each late
 * task beyond the allowed share raises it, each one in time lowers it a little, on the scale of
 * what a week allows; so the target percentile is met at least cost without tuning.
 */
final class LatePrice {
  private static final double SHARE_USED = 0.87;

  /** Of more late tasks than allowed, and of fewer: what is left unused has been paid for. */
  private static final double GAIN_OF_DEBT = 4;

  private static final double GAIN_OF_CREDIT = 7;
  private static final double LOWEST_VOLUME = 400;

  private LatePrice() {}

  /** Share of late tasks that is aimed at: a little below what the percentile allows. */
  static double allowedShare(double waitPercentile) {
    return (1 - waitPercentile) * SHARE_USED;
  }

  static double of(LaneMemory lane, double start, ScalingSettings settings) {
    double allowance =
        allowedShare(settings.waitPercentile()) * Math.max(LOWEST_VOLUME, lane.started());
    double gain = lane.debt() < 0 ? GAIN_OF_CREDIT : GAIN_OF_DEBT;
    double factor = Math.exp(Math.clamp(gain * lane.debt() / allowance, -4, 4));
    double ceiling = Durations.seconds(settings.tuning().latePriceCeiling());
    return Math.clamp(start * factor, Math.min(30, ceiling), ceiling);
  }
}
