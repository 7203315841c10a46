package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.time.Duration;
import java.util.Objects;

/**
 * A place in the body where an ad break may open.
 *
 * @param at body time: counted over all body recordings from the start of the first one
 */
public record CuePoint(Duration at) {
  /** Checks that nothing is null. */
  public CuePoint {
    Objects.requireNonNull(at);
  }

  static CuePoint read(Fields fields) {
    return new CuePoint(fields.time("at"));
  }

  Tree tree() {
    return new Tree().put("at", at);
  }
}
