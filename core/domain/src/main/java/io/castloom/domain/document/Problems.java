package io.castloom.domain.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Collects the problems of one document. Not for use by several threads. */
public final class Problems {
  private final String document;
  private final List<Problem> found = new ArrayList<>();
  private final Set<String> unread = new HashSet<>();

  /** Starts with no problem; {@code document} is kind and name, for example {@code show talk}. */
  public Problems(String document) {
    this.document = Objects.requireNonNull(document);
  }

  /** Notes that the value of a field breaks a rule. */
  public void add(String field, Object value, String rule) {
    if (!unread.contains(field)) {
      found.add(new Problem(document, field, shortened(String.valueOf(value)), rule));
    }
  }

  /**
   * Notes that the value of a field is not of its kind. What rules then say of its stand-in, such
   * as that it is missing, is not noted: it is not what was written.
   */
  public void unread(String field, Object value, String rule) {
    add(field, value, rule);
    unread.add(field);
  }

  /** Notes the problem unless the condition is met. */
  public void check(boolean met, String field, Object value, String rule) {
    if (!met) {
      add(field, value, rule);
    }
  }

  /** Whether nothing was found so far. */
  public boolean none() {
    return found.isEmpty();
  }

  /** What was found, in the order of finding. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  private static String shortened(String value) {
    return value.length() <= 120 ? value : value.substring(0, 117) + "...";
  }
}
