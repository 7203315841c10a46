package io.castloom.domain.document;

import java.util.List;

/**
 * What came of reading a document: its value, or everything that is wrong with it.
 *
 * @param <T> the document's type
 */
public sealed interface Reading<T> {
  /** The document is well formed and keeps its own rules. */
  record Good<T>(T value) implements Reading<T> {}

  /** The document is refused; there is at least one problem. */
  record Bad<T>(List<Problem> problems) implements Reading<T> {
    /** Copies the list, which must not be empty. */
    public Bad {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refused document names at least one problem");
      }
    }
  }

  /** {@link Good} when the collector is empty, else {@link Bad} with what it holds. */
  static <T> Reading<T> of(T value, Problems problems) {
    return problems.none() ? new Good<>(value) : new Bad<>(problems.list());
  }
}
