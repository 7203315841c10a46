package io.castloom.domain.scaling;

import java.time.Duration;

/**
 * What hardly anybody needs to touch: the rhythm of the planner and what it believes before it has
 * learned.
 *
 * @param tick between two decisions
 * @param staleAfter a source older than this is not believed: nothing is drained
 * @param billingMinimum what an instance costs at least; none is drained younger than this
 * @param bootMean believed boot time until real ones are seen
 * @param bootP90 ninth decile of the same
 * @param serviceMean believed service time of a task without estimate and without history
 * @param latePriceCeiling most that preventing one late task may cost, in time of one slot. It
 *     decides which sparse traffic is worth a warm instance
 * @param breakerFailures launches that fail one after another before launching pauses
 * @param calendar whether to learn the hours of the week
 */
public record Tuning(
    Duration tick,
    Duration staleAfter,
    Duration billingMinimum,
    Duration bootMean,
    Duration bootP90,
    Duration serviceMean,
    Duration latePriceCeiling,
    int breakerFailures,
    boolean calendar) {
  /** The defaults. */
  public static final Tuning DEFAULT =
      new Tuning(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(110),
          Duration.ofSeconds(150),
          Duration.ofSeconds(180),
          Duration.ofHours(3),
          5,
          true);

  public Tuning {
    between("tick", tick, Duration.ofSeconds(1), Duration.ofMinutes(5));
    between("staleAfter", staleAfter, tick, Duration.ofHours(1));
    between("billingMinimum", billingMinimum, Duration.ZERO, Duration.ofHours(1));
    between("bootMean", bootMean, Duration.ofMillis(10), Duration.ofHours(1));
    between("bootP90", bootP90, bootMean, Duration.ofHours(2));
    between("serviceMean", serviceMean, Duration.ofMillis(10), Duration.ofHours(12));
    between("latePriceCeiling", latePriceCeiling, Duration.ofSeconds(1), Duration.ofDays(7));
    Rule.require(breakerFailures >= 1, "breakerFailures", breakerFailures, "is at least 1");
  }

  private static void between(String name, Duration value, Duration low, Duration high) {
    Rule.require(
        value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
        name,
        Durations.text(value),
        "is " + Durations.text(low) + " to " + Durations.text(high));
  }

  Tuning with(int failures, boolean learnCalendar) {
    return new Tuning(
        tick,
        staleAfter,
        billingMinimum,
        bootMean,
        bootP90,
        serviceMean,
        latePriceCeiling,
        failures,
        learnCalendar);
  }
}
