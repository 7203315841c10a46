package io.castloom.domain.show;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the stored originals of an account, for checking documents that name them.
 */
@FunctionalInterface
public interface Originals {
  /** The facts of an original, or null when there is no such original. */
  @Nullable Facts find(String sha256);

  /**
   * What a document's rules need to know about a recording.
   *
   * @param sha256 its name
   * @param length how long it sounds, more than zero
   */
  record Facts(String sha256, Duration length) {
    /** Checks that the length is positive. */
    public Facts {
      Objects.requireNonNull(sha256);
      if (!length.isPositive()) {
        throw new IllegalArgumentException("an original sounds for some time: " + length);
      }
    }
  }
}
