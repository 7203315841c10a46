package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one episode differs from its show.
 *
 * @param breaks another arrangement template, or null for the show's
 * @param intro another piece's name, empty for none, or null for the show's
 * @param outro another piece's name, empty for none, or null for the show's
 * @param closed breaks that stay without ads: {@code pre}, {@code mid-2}, {@code post}
 * @param notAdvertisers advertisers that must not appear in it
 */
public record Overrides(
    @Nullable BreakTemplate breaks,
    @Nullable String intro,
    @Nullable String outro,
    List<String> closed,
    List<String> notAdvertisers) {
  /** No difference. */
  public static final Overrides NONE = new Overrides(null, null, null, List.of(), List.of());

  /** Copies the lists. */
  public Overrides {
    closed = List.copyOf(closed);
    notAdvertisers = List.copyOf(notAdvertisers);
  }

  static Overrides read(Fields fields) {
    return new Overrides(
        fields.inside("breaks", BreakTemplate::read),
        fields.textOrNull("intro"),
        fields.textOrNull("outro"),
        fields.texts("closed"),
        fields.texts("notAdvertisers"));
  }

  Tree tree() {
    return new Tree()
        .put("breaks", BreakTemplate.tree(breaks))
        .put("intro", intro)
        .put("outro", outro)
        .put("closed", closed)
        .put("notAdvertisers", notAdvertisers);
  }
}
