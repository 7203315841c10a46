package io.castloom.domain.document;

import java.util.Objects;

/**
 * One thing that is wrong with a document. A document with problems is not applied, not even in
 * part.
 *
 * @param document kind and name, for example {@code show talk}
 * @param field the path of the field, for example {@code cuePoints[2].at}; empty for the document
 *     itself
 * @param value what stands there, as text; empty when the field is missing
 * @param rule what the field has to fulfil, with the limit
 */
public record Problem(String document, String field, String value, String rule) {
  /** Checks that nothing is null. */
  public Problem {
    Objects.requireNonNull(document);
    Objects.requireNonNull(field);
    Objects.requireNonNull(value);
    Objects.requireNonNull(rule);
  }

  /**
   * One line for a person: {@code show talk: cuePoints[2].at = 12:30: must lie before the end
   * (10:00)}.
   */
  @Override
  public String toString() {
    String at = field.isEmpty() ? "" : field + (value.isEmpty() ? "" : " = " + value) + ": ";
    return document + ": " + at + rule;
  }
}
