package io.castloom.domain.nightly;

import io.castloom.domain.show.PublicationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An episode on a night, with what is published of it.
 *
 * @param show the show's id
 * @param episode the episode's id
 * @param state whether listeners see it
 * @param publishedAt when it appears, or null
 * @param heard downloads a day lately, at least 0
 * @param published the fingerprints of its current versions, by format; empty before the first
 */
public record Candidate(
    String show,
    String episode,
    PublicationState state,
    @Nullable Instant publishedAt,
    double heard,
    Map<String, String> published) {
  private static final Duration NEW = Duration.ofDays(7);

  /** Copies the map and checks that nothing is null that must not be. */
  public Candidate {
    Objects.requireNonNull(show);
    Objects.requireNonNull(episode);
    Objects.requireNonNull(state);
    published = Map.copyOf(published);
  }

  /**
   * The order of a night: episodes of the last week first, the newest before the others; then the
   * archive, the most heard before the others. So what most people will download next is fresh
   * first, and a run that is cut short has done the most good.
   */
  public static Comparator<Candidate> order(Instant now) {
    Comparator<Candidate> newest =
        Comparator.comparing((Candidate c) -> c.publishedAt == null ? Instant.MIN : c.publishedAt)
            .reversed();
    Comparator<Candidate> mostHeard =
        Comparator.comparingDouble((Candidate c) -> c.heard).reversed();
    return Comparator.comparing((Candidate c) -> !c.isNew(now))
        .thenComparing((a, b) -> a.isNew(now) ? newest.compare(a, b) : mostHeard.compare(a, b))
        .thenComparing(newest)
        .thenComparing(c -> c.show)
        .thenComparing(c -> c.episode);
  }

  private boolean isNew(Instant now) {
    return publishedAt != null && publishedAt.plus(NEW).isAfter(now);
  }

  /** What a night does with an episode. */
  public sealed interface Decision {
    /**
     * It is assembled.
     *
     * @param why for people
     */
    record Rebuild(String why) implements Decision {}

    /**
     * It stays as it is.
     *
     * @param why for people
     */
    record Skip(String why) implements Decision {}
  }

  /**
   * Whether anybody can hear it before the next night: only then does a night assemble it, and only
   * then may it take ads from others and count for their campaigns.
   *
   * @param now when the night is run: an episode of tomorrow is assembled ahead of time
   */
  public static boolean due(PublicationState state, @Nullable Instant publishedAt, Instant now) {
    return state == PublicationState.PUBLISHED
        && publishedAt != null
        && !publishedAt.isAfter(now.plus(Duration.ofDays(1)));
  }

  /**
   * Decides without reading any media.
   *
   * @param wanted the fingerprints of tonight's arrangements, by format
   * @param now when the night is run: an episode of tomorrow is assembled ahead of time
   */
  public Decision decide(Map<String, String> wanted, Instant now) {
    if (state != PublicationState.PUBLISHED) {
      return new Decision.Skip(state == PublicationState.DRAFT ? "draft" : "withdrawn");
    }
    if (!due(state, publishedAt, now)) {
      return new Decision.Skip("appears later than tomorrow");
    }
    if (published.equals(wanted)) {
      return new Decision.Skip("unchanged");
    }
    if (published.isEmpty()) {
      return new Decision.Rebuild("first version");
    }
    String formats =
        String.join(
            ", ",
            wanted.keySet().stream()
                .sorted()
                .filter(f -> !Objects.equals(wanted.get(f), published.get(f)))
                .toList());
    return new Decision.Rebuild(
        formats.isEmpty() ? "a format is no longer offered" : "changed: " + formats);
  }
}
