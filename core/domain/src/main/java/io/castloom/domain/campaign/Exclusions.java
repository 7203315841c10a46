package io.castloom.domain.campaign;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.util.List;
import java.util.Objects;

/**
 * Whom a campaign must not meet (competitive separation). Two campaigns of different advertisers
 * compete when they share a group, or when one names the other's advertiser.
 *
 * @param groups lines of business, for example {@code cars}
 * @param advertisers named competitors
 * @param within how far apart they have to be; of two competitors the stricter word holds
 */
public record Exclusions(List<String> groups, List<String> advertisers, Within within) {
  /** Nobody. */
  public static final Exclusions NONE = new Exclusions(List.of(), List.of(), Within.EPISODE);

  /** How far competitors are kept apart. */
  public enum Within {
    /** Never in the same break. */
    BREAK,
    /** Never in the same episode. */
    EPISODE
  }

  /** Copies the lists. */
  public Exclusions {
    groups = List.copyOf(groups);
    advertisers = List.copyOf(advertisers);
    Objects.requireNonNull(within);
  }

  static Exclusions read(Fields fields) {
    return new Exclusions(
        fields.texts("groups"),
        fields.texts("advertisers"),
        fields.choice("within", Within.class, Within.EPISODE));
  }

  Tree tree() {
    return equals(NONE)
        ? new Tree()
        : new Tree().put("groups", groups).put("advertisers", advertisers).put("within", within);
  }
}
