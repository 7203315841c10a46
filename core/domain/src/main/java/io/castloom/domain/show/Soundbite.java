package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.time.Duration;
import java.util.Objects;

/**
 * A passage worth sharing ({@code podcast:soundbite}).
 *
 * @param at body time of its start
 * @param length 15 s to 120 s are recommended by the podcast namespace; more than zero is required
 * @param title what players show; empty for the episode's title
 */
public record Soundbite(Duration at, Duration length, String title) {
  /** Checks that nothing is null. */
  public Soundbite {
    Objects.requireNonNull(at);
    Objects.requireNonNull(length);
    Objects.requireNonNull(title);
  }

  static Soundbite read(Fields fields) {
    return new Soundbite(fields.time("at"), fields.time("length"), fields.text("title", ""));
  }

  Tree tree() {
    return new Tree()
        .put("at", at)
        .put("length", length)
        .put("title", title.isEmpty() ? null : title);
  }
}
