package io.castloom.domain.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one kind's launches have taught.
 *
 * @param recent the last boots in seconds, oldest first, at most 50
 * @param unripe boots whose fellows of the same time may still be pending: were they learned from
 *     at once, the fast ones of each wave would make the slow ones look failed
 * @param attempts launches whose end is known, older ones fading
 * @param failures those of them that never came up, fading alike
 * @param failuresInARow failed since the last that came up
 * @param brokenUntil no launch before this instant, but for one probe at a time; null when the
 *     breaker is closed
 */
public record BootMemory(
    List<Double> recent,
    List<Boot> unripe,
    double attempts,
    double failures,
    int failuresInARow,
    @Nullable Instant brokenUntil) {
  static final BootMemory NONE = new BootMemory(List.of(), List.of(), 0, 0, 0, null);

  private static final int KEPT = 50;
  private static final double PRIOR_WEIGHT = 4;
  private static final double FADE = 0.98;

  public BootMemory {
    recent = List.copyOf(recent);
    unripe = List.copyOf(unripe);
    recent.forEach(seconds -> Rule.learned(seconds > 0, "a boot", seconds));
    Rule.learned(attempts >= 0, "launches", attempts);
    Rule.learned(failures >= 0, "failures", failures);
    Rule.learned(failuresInARow >= 0, "failures in a row", failuresInARow);
  }

  /**
   * A boot that came up.
   *
   * @param launchedAt when it was asked for
   * @param seconds how long it took
   */
  public record Boot(Instant launchedAt, double seconds) {
    public Boot {
      Objects.requireNonNull(launchedAt);
      Rule.learned(seconds > 0, "a boot", seconds);
    }
  }

  /** After a launch that came up. */
  BootMemory booted(Instant launchedAt, double seconds) {
    List<Boot> next = new ArrayList<>(unripe);
    next.add(new Boot(launchedAt, Math.max(0.01, seconds)));
    return new BootMemory(recent, next, attempts * FADE + 1, failures * FADE, 0, null);
  }

  /** Learns from the boots whose whole wave must be up or given up by now. */
  BootMemory ripened(Instant at, Tuning tuning) {
    if (unripe.isEmpty()) {
      return this;
    }
    double age = usualLimit(tuning);
    List<Boot> left = new ArrayList<>();
    List<Double> next = new ArrayList<>(recent);
    for (Boot boot : unripe) {
      if (Durations.seconds(boot.launchedAt(), at) >= age) {
        next.add(boot.seconds());
      } else {
        left.add(boot);
      }
    }
    List<Double> kept = next.subList(Math.max(0, next.size() - KEPT), next.size());
    return new BootMemory(kept, left, attempts, failures, failuresInARow, brokenUntil);
  }

  /** After a launch that failed; opens the breaker at the limit, for longer each time. */
  BootMemory failed(Instant at, int limit) {
    int row = failuresInARow + 1;
    BootMemory next =
        new BootMemory(recent, unripe, attempts * FADE + 1, failures * FADE + 1, row, brokenUntil);
    if (!next.tripped(limit)) {
      return next;
    }
    long seconds = Math.min(900, 30L << Math.min(5, row - limit));
    return new BootMemory(
        recent, unripe, next.attempts, next.failures, row, at.plus(Duration.ofSeconds(seconds)));
  }

  /** Whether so many failures in a row are more than the failures before them explain. */
  boolean tripped(int limit) {
    double usual =
        (Math.max(0, failures - failuresInARow) + 0.3)
            / (Math.max(0, attempts - failuresInARow) + 5);
    return failuresInARow >= limit && Math.pow(Math.min(0.9, usual), failuresInARow) < 1e-3;
  }

  /** Chance that a launch never comes up; 2 % is believed until seen otherwise. */
  double failureChance() {
    return Math.min(0.95, (failures + 0.3) / (attempts + 15));
  }

  /** How long boots take: median and spread of the recent ones, beside the prior. */
  LogNormal law(Tuning tuning) {
    double priorMean = Durations.seconds(tuning.bootMean());
    double ratio = Math.log(Durations.seconds(tuning.bootP90()) / priorMean);
    // p90 / mean = exp(1.2816 s - s^2 / 2), solved for the smaller s
    double priorSigma = 1.2816 - Math.sqrt(Math.max(0, 1.2816 * 1.2816 - 2 * ratio));
    LogNormal prior = LogNormal.ofMean(priorMean, Math.max(0.05, priorSigma));
    if (recent.isEmpty()) {
      return prior;
    }
    List<Double> sorted = new ArrayList<>(recent);
    Collections.sort(sorted);
    double median = Math.log(at(sorted, 0.5));
    double spread =
        sorted.size() < 5 ? prior.sigma() : Math.log(at(sorted, 0.9) / at(sorted, 0.1)) / 2.563;
    double weight = sorted.size() / (sorted.size() + PRIOR_WEIGHT);
    double priorSpread = Math.max(prior.sigma(), Math.abs(median - prior.mu()) / 4);
    return new LogNormal(
        weight * median + (1 - weight) * prior.mu(), weight * spread + (1 - weight) * priorSpread);
  }

  /**
   * Age at which a pending instance is given up: when hardly any boot has ever taken so long. From
   * the fourth failure in a row on each doubles it, so that boots which have become slow are not
   * killed for ever.
   */
  double giveUpAfter(Tuning tuning) {
    return Math.min(
        3600, usualLimit(tuning) * (1L << Math.min(5, Math.max(0, failuresInARow - 3))));
  }

  private double usualLimit(Tuning tuning) {
    LogNormal law = law(tuning);
    return Math.exp(law.mu() + 3.3 * Math.max(0.2, law.sigma()));
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}
