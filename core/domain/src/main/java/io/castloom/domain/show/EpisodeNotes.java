package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What listeners read about an episode.
 *
 * @param title 1 to 255 characters
 * @param text the show notes, plain text or simple HTML; may be empty
 * @param season 1 or more, or null
 * @param number 1 or more, or null
 * @param kind full, trailer or bonus
 * @param explicit whether it is for adults, or null for the show's flag
 * @param cover a picture of its own, as a show's, or null
 * @param link the episode's page, or null
 * @param guid a GUID that was given elsewhere and must be kept, or null
 */
public record EpisodeNotes(
    String title,
    String text,
    @Nullable Integer season,
    @Nullable Integer number,
    Kind kind,
    @Nullable Boolean explicit,
    @Nullable String cover,
    @Nullable String link,
    @Nullable String guid) {
  /** Apple's {@code itunes:episodeType}. */
  public enum Kind {
    /** A complete episode. */
    FULL,
    /** A preview. */
    TRAILER,
    /** Something extra. */
    BONUS
  }

  /** Checks that nothing is null that must not be. */
  public EpisodeNotes {
    Objects.requireNonNull(title);
    Objects.requireNonNull(text);
    Objects.requireNonNull(kind);
  }

  /** Notes with a title and nothing else. */
  public static EpisodeNotes titled(String title) {
    return new EpisodeNotes(title, "", null, null, Kind.FULL, null, null, null, null);
  }

  /** The same with another cover. */
  EpisodeNotes withCover(@Nullable String other) {
    return new EpisodeNotes(title, text, season, number, kind, explicit, other, link, guid);
  }

  static EpisodeNotes read(Fields fields) {
    Long season = fields.wholeOrNull("season", 1, 100_000);
    Long number = fields.wholeOrNull("number", 1, 1_000_000);
    return new EpisodeNotes(
        fields.text("title"),
        fields.text("notes", ""),
        season == null ? null : season.intValue(),
        number == null ? null : number.intValue(),
        fields.choice("kind", Kind.class, Kind.FULL),
        fields.flagOrNull("explicit"),
        fields.textOrNull("cover"),
        fields.textOrNull("link"),
        fields.textOrNull("guid"));
  }

  void put(Tree tree) {
    tree.put("title", title)
        .put("notes", text.isEmpty() ? null : text)
        .put("season", season)
        .put("number", number)
        .put("kind", kind)
        .put("explicit", explicit)
        .put("cover", cover)
        .put("link", link)
        .put("guid", guid);
  }

  void check(Problems problems) {
    problems.check(title.length() <= 255, "title", title, "must have at most 255 characters");
    if (cover != null) {
      CoverSource.check(cover, problems);
    }
    if (link != null) {
      About.checkAddress("link", link, problems);
    }
    problems.check(guid == null || !guid.isBlank(), "guid", "", "must not be blank");
  }
}
