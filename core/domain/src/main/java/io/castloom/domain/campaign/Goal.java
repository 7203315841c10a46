package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Tree;
import io.castloom.domain.document.Words;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign has been sold for, over all its flights, to be reached evenly.
 *
 * @param unit what is counted
 * @param amount how many, at least 1
 */
public record Goal(Unit unit, long amount) {
  /** What a goal counts. */
  public enum Unit {
    /** Downloads that carried the ad, counted from the delivery log. */
    IMPRESSIONS,
    /**
     * Slots that carried the ad for a night: a slot that keeps it on the next night counts again.
     */
    INSERTIONS
  }

  /** Checks that nothing is null. */
  public Goal {
    Objects.requireNonNull(unit);
  }

  static @Nullable Goal read(Fields fields, Problems problems) {
    Long impressions = fields.wholeOrNull("impressions", 1, 1_000_000_000_000L);
    Long insertions = fields.wholeOrNull("insertions", 1, 1_000_000_000_000L);
    problems.check(
        impressions == null || insertions == null,
        "goal",
        "impressions " + impressions + ", insertions " + insertions,
        "must be one of the two");
    if (impressions != null) {
      return new Goal(Unit.IMPRESSIONS, impressions);
    }
    return insertions == null ? null : new Goal(Unit.INSERTIONS, insertions);
  }

  Tree tree() {
    return new Tree().put(Words.of(unit), amount);
  }
}
