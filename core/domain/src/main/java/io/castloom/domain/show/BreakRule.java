package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.time.Duration;
import java.util.Objects;

/**
 * How much advertising one break may hold.
 *
 * @param slots how many ads at most; 0 closes the break
 * @param longest how long all ads of the break may last together
 */
public record BreakRule(int slots, Duration longest) {
  /** No ads here. */
  public static final BreakRule CLOSED = new BreakRule(0, Duration.ZERO);

  /** The most slots that a break can have. */
  public static final int MOST_SLOTS = 10;

  /** Checks that nothing is null. */
  public BreakRule {
    Objects.requireNonNull(longest);
  }

  static BreakRule read(Fields fields) {
    int slots = (int) fields.whole("slots", 0, MOST_SLOTS, 1);
    return new BreakRule(
        slots, Duration.ofSeconds(fields.whole("maxSeconds", 0, 3600, slots * 60L)));
  }

  Tree tree() {
    return new Tree().put("slots", slots).put("maxSeconds", longest.toSeconds());
  }
}
