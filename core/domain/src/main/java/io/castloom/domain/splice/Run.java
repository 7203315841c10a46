package io.castloom.domain.splice;

import java.util.Objects;

/** A stretch of an object to be made: bytes of our own, or bytes that lie in the store. */
public sealed interface Run {
  /** How many bytes, at least 1. */
  long length();

  /**
   * Bytes that only we have.
   *
   * @param length how many, at least 1
   */
  record Own(long length) implements Run {
    /** Checks the length. */
    public Own {
      if (length < 1) {
        throw new IllegalArgumentException("a run has at least one byte: " + length);
      }
    }
  }

  /**
   * Bytes of a stored object.
   *
   * @param object its name
   * @param offset of the first byte, from 0
   * @param length how many, at least 1
   */
  record Stored(String object, long offset, long length) implements Run {
    /** Checks the range. */
    public Stored {
      Objects.requireNonNull(object);
      if (offset < 0 || length < 1) {
        throw new IllegalArgumentException("range " + offset + "+" + length + " of " + object);
      }
    }

    /** Whether the other one goes on where this one ends. */
    boolean meets(Stored next) {
      return object.equals(next.object) && offset + length == next.offset;
    }
  }
}
