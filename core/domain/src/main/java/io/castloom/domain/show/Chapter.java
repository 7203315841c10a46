package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chapter of the body.
 *
 * @param at body time of its start
 * @param end body time of its end, or null when it lasts until the next one
 * @param title what players show, not blank
 * @param link an address to open, or null
 * @param image the address of a picture, or null
 * @param hidden whether it is left out of the table of contents ({@code toc: false} in JSON
 *     chapters)
 */
public record Chapter(
    Duration at,
    @Nullable Duration end,
    String title,
    @Nullable String link,
    @Nullable String image,
    boolean hidden) {
  /** Checks that nothing is null that must not be. */
  public Chapter {
    Objects.requireNonNull(at);
    Objects.requireNonNull(title);
  }

  static Chapter read(Fields fields) {
    return new Chapter(
        fields.time("at"),
        fields.timeOrNull("end"),
        fields.text("title"),
        fields.textOrNull("link"),
        fields.textOrNull("image"),
        fields.flag("hidden", false));
  }

  Tree tree() {
    return new Tree()
        .put("at", at)
        .put("end", end)
        .put("title", title)
        .put("link", link)
        .put("image", image)
        .put("hidden", hidden ? true : null);
  }
}
