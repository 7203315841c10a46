package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Reading;
import io.castloom.domain.document.Tree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An episode as its owner wrote it. The record may hold anything; {@link #problems} tells whether
 * it may be applied.
 *
 * @param show the show's id
 * @param id a slug, unique within the show
 * @param notes title, notes and numbers
 * @param bodies the names (SHA-256) of its body recordings, in order; at least one
 * @param cuePoints where breaks may open, in order
 * @param chapters in order of their starts
 * @param soundbites passages worth sharing
 * @param transcript of the whole body, or null
 * @param state whether listeners see it
 * @param publishedAt when it appears; null while it is a draft
 * @param overrides where it differs from its show
 */
public record Episode(
    String show,
    String id,
    EpisodeNotes notes,
    List<String> bodies,
    List<CuePoint> cuePoints,
    List<Chapter> chapters,
    List<Soundbite> soundbites,
    @Nullable Transcript transcript,
    PublicationState state,
    @Nullable Instant publishedAt,
    Overrides overrides) {
  /** Copies the lists and checks that nothing is null that must not be. */
  public Episode {
    Objects.requireNonNull(show);
    Objects.requireNonNull(id);
    Objects.requireNonNull(notes);
    bodies = List.copyOf(bodies);
    cuePoints = List.copyOf(cuePoints);
    chapters = List.copyOf(chapters);
    soundbites = List.copyOf(soundbites);
    Objects.requireNonNull(state);
    Objects.requireNonNull(overrides);
  }

  /**
   * Reads an episode's document and checks it against its show and its recordings.
   *
   * @param tree the document's fields
   * @param show the show that it belongs to
   * @param originals what is known of the stored recordings
   */
  public static Reading<Episode> read(Map<String, ?> tree, Show show, Originals originals) {
    Problems problems = new Problems("episode " + tree.get("show") + "/" + tree.get("id"));
    Fields fields = Fields.of(tree, problems);
    Overrides overrides = fields.inside("overrides", Overrides::read);
    Episode episode =
        new Episode(
            fields.text("show"),
            fields.text("id"),
            EpisodeNotes.read(fields),
            fields.texts("bodies"),
            fields.each("cuePoints", "at", CuePoint::read),
            fields.each("chapters", "", Chapter::read),
            fields.each("soundbites", "", Soundbite::read),
            fields.inside("transcript", Transcript::read),
            fields.choice("state", PublicationState.class, PublicationState.DRAFT),
            fields.instantOrNull("publishedAt"),
            overrides == null ? Overrides.NONE : overrides);
    fields.noOthers();
    new EpisodeCheck(episode, show, originals, problems).run();
    return Reading.of(episode, problems);
  }

  /** Everything that keeps this episode from being applied; empty when it is good. */
  public List<Problem> problems(Show itsShow, Originals originals) {
    Problems problems = new Problems("episode " + show + "/" + id);
    new EpisodeCheck(this, itsShow, originals, problems).run();
    return problems.list();
  }

  /** The identity that feed readers keep for ever: the one that was given, else show and id. */
  public String guid() {
    String given = notes.guid();
    return given == null ? "castloom:" + show + ":" + id : given;
  }

  /** The same with another cover; null for its show's. */
  public Episode withCover(@Nullable String cover) {
    return new Episode(
        show,
        id,
        notes.withCover(cover),
        bodies,
        cuePoints,
        chapters,
        soundbites,
        transcript,
        state,
        publishedAt,
        overrides);
  }

  /** The template that holds for this episode. */
  public BreakTemplate breaks(Show itsShow) {
    BreakTemplate own = overrides.breaks();
    return own == null ? itsShow.breaks() : own;
  }

  /** What {@link #read} reads. */
  public Map<String, Object> tree() {
    Tree tree = new Tree().put("show", show).put("id", id);
    notes.put(tree);
    return tree.put("bodies", bodies)
        .put("cuePoints", cuePoints.stream().map(CuePoint::tree).toList())
        .put("chapters", chapters.stream().map(Chapter::tree).toList())
        .put("soundbites", soundbites.stream().map(Soundbite::tree).toList())
        .put("transcript", transcript == null ? null : transcript.tree())
        .put("state", state)
        .put("publishedAt", publishedAt)
        .put("overrides", overrides.tree())
        .map();
  }
}
