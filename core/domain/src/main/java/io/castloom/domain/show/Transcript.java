package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The transcript of the body: its text in the document, or the name of a stored one. Exactly one of
 * the two.
 *
 * @param format how it is written
 * @param language a BCP 47 tag; empty for the show's language
 * @param sha256 the name of a stored transcript, or null
 * @param text the transcript itself, or null
 */
public record Transcript(
    Format format, String language, @Nullable String sha256, @Nullable String text) {
  /** Checks that nothing is null that must not be. */
  public Transcript {
    Objects.requireNonNull(format);
    Objects.requireNonNull(language);
  }

  /** How transcripts are written. */
  public enum Format {
    /** WebVTT. */
    VTT,
    /** SubRip. */
    SRT
  }

  static Transcript read(Fields fields) {
    return new Transcript(
        fields.choice("format", Format.class, Format.VTT),
        fields.text("language", ""),
        fields.textOrNull("sha256"),
        fields.textOrNull("text"));
  }

  Tree tree() {
    return new Tree()
        .put("format", format)
        .put("language", language.isEmpty() ? null : language)
        .put("sha256", sha256)
        .put("text", text);
  }
}
