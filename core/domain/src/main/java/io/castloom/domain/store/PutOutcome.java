package io.castloom.domain.store;

/** How a conditional write ended. */
public sealed interface PutOutcome {

  /** The bytes are stored and readable, under this etag. */
  record Stored(String etag) implements PutOutcome {}

  /** The condition did not hold; the object that is there is untouched. */
  record ConditionFailed() implements PutOutcome {}

  /** Whether this writer's bytes are the ones that are stored. */
  default boolean stored() {
    return this instanceof Stored;
  }
}
