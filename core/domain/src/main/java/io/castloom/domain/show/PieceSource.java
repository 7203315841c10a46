package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Slug;
import io.castloom.domain.document.Tree;
import java.util.List;

/** What a named piece of a show (a sting, an intro, an outro) is made of. */
public sealed interface PieceSource {
  /**
   * One recording.
   *
   * @param sha256 the original's name, 64 lower-case hexadecimal digits
   */
  record Original(String sha256) implements PieceSource {}

  /**
   * Other named pieces of the same show, one after the other.
   *
   * @param names at least one
   */
  record Sequence(List<String> names) implements PieceSource {
    /** Copies the list. */
    public Sequence {
      names = List.copyOf(names);
    }
  }

  /** Reads {@code {original: <sha256>}}, {@code {parts: [a, b]}} or a bare SHA-256. */
  static PieceSource read(Fields fields) {
    List<String> parts = fields.texts("parts");
    return parts.isEmpty() ? new Original(fields.text("original")) : new Sequence(parts);
  }

  /** What {@link #read} reads. */
  default Tree tree() {
    return switch (this) {
      case Original(String sha256) -> new Tree().put("original", sha256);
      case Sequence(List<String> names) -> new Tree().put("parts", names);
    };
  }

  /** Notes a name of an original that cannot be one. */
  static void checkOriginal(String field, String sha256, Problems problems) {
    problems.check(
        Slug.sha256(sha256),
        field,
        sha256,
        "must be the SHA-256 of an original, 64 hexadecimal digits");
  }
}
