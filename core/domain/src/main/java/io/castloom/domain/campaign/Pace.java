package io.castloom.domain.campaign;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign with a goal stands on a night.
 *
 * @param goal how many in all
 * @param done how many so far
 * @param due how many it should have by now: its share of the nights that are over
 * @param tonight how many it gets tonight: what is left, divided by the nights that are left
 */
public record Pace(double goal, double done, double due, double tonight) {
  /** The pace of a campaign before a night, or null when it has no goal. */
  public static @Nullable Pace of(Campaign campaign, LocalDate night, Counters counters) {
    Goal goal = campaign.goal();
    long nights = campaign.nights();
    if (goal == null || nights == 0) {
      return null;
    }
    long over = campaign.nightsBefore(night);
    double done = counters.done(campaign.id());
    double left = Math.max(0, goal.amount() - done);
    double tonight = nights == over ? 0 : left / (nights - over);
    if (goal.unit() == Goal.Unit.INSERTIONS) {
      tonight = wholeFairly(tonight, Mix.of(campaign.id()) ^ Mix.of(night.toString()));
    }
    return new Pace(goal.amount(), done, (double) goal.amount() * over / nights, tonight);
  }

  /**
   * Rounds so that the fractions even out over nights and campaigns: 0.3 becomes 1 on three nights
   * of ten, and not for all campaigns on the same ones. What was rounded away is in what is left,
   * so nothing is lost by the last night.
   */
  private static double wholeFairly(double amount, long seed) {
    double whole = Math.floor(amount);
    return Mix.unit(seed) < amount - whole ? whole + 1 : whole;
  }

  /** How far behind (positive) or ahead (negative) it is, as a share of the goal. */
  public double behind() {
    return (due - done) / goal;
  }

  /**
   * For people: {@code behind pace by 3.0 %}, {@code ahead of pace by 1.2 %} or {@code on pace}.
   */
  public String words() {
    double percent = behind() * 100;
    if (Math.abs(percent) < 0.05) {
      return "on pace";
    }
    return String.format(
        Locale.ROOT, "%s pace by %.1f %%", percent > 0 ? "behind" : "ahead of", Math.abs(percent));
  }
}
