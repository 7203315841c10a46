package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a show sounds: its formats, its stings, its loudness.
 *
 * @param formats profile names, the first one being the feed's enclosure; at least one
 * @param pieces named pieces, in the order of the document
 * @param intro the name of the piece that opens every episode, or null for none
 * @param outro the name of the piece that closes every episode, or null for none
 * @param loudness the target in LUFS, -36 to -6
 */
public record Sound(
    List<String> formats,
    Map<String, PieceSource> pieces,
    @Nullable String intro,
    @Nullable String outro,
    double loudness) {
  /** The usual target for stereo, from Apple's and the EBU's advice for podcasts. */
  public static final double STANDARD_LOUDNESS = -16;

  /** Copies the collections. */
  public Sound {
    formats = List.copyOf(formats);
    pieces = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(pieces));
  }

  static Sound read(Fields fields) {
    return new Sound(
        fields.texts("formats"),
        fields.named("pieces", "original", (_, piece) -> PieceSource.read(piece)),
        fields.textOrNull("intro"),
        fields.textOrNull("outro"),
        fields.number("loudness", -36, -6, STANDARD_LOUDNESS));
  }

  void put(Tree tree) {
    tree.put("formats", formats);
    Map<String, Tree> trees = new LinkedHashMap<>();
    pieces.forEach((name, piece) -> trees.put(name, piece.tree()));
    tree.put("pieces", trees).put("intro", intro).put("outro", outro).put("loudness", loudness);
  }

  void check(Set<String> profiles, Problems problems) {
    problems.check(!formats.isEmpty(), "formats", "", "must name at least one profile");
    for (int i = 0; i < formats.size(); i++) {
      String format = formats.get(i);
      String field = "formats[" + i + "]";
      problems.check(
          profiles.contains(format),
          field,
          format,
          "is not a profile; there are " + String.join(", ", new java.util.TreeSet<>(profiles)));
      problems.check(formats.indexOf(format) == i, field, format, "stands in the list twice");
    }
    pieces.forEach((name, piece) -> checkPiece(name, piece, problems));
    checkName("intro", intro, problems);
    checkName("outro", outro, problems);
  }

  private void checkPiece(String name, PieceSource piece, Problems problems) {
    String field = "pieces." + name;
    problems.check(!name.isBlank(), field, name, "a piece's name must not be blank");
    switch (piece) {
      case PieceSource.Original(String sha256) ->
          PieceSource.checkOriginal(field + ".original", sha256, problems);
      case PieceSource.Sequence(List<String> names) -> {
        for (int i = 0; i < names.size(); i++) {
          checkName(field + ".parts[" + i + "]", names.get(i), problems);
        }
        Set<String> way = new LinkedHashSet<>();
        if (cyclic(name, way)) {
          problems.add(field, String.join(" > ", way), "must not contain itself");
        }
      }
    }
  }

  private void checkName(String field, @Nullable String name, Problems problems) {
    problems.check(
        name == null || pieces.containsKey(name),
        field,
        String.valueOf(name),
        "is not the name of a piece in pieces");
  }

  private boolean cyclic(String name, Set<String> way) {
    if (!way.add(name)) {
      return true;
    }
    if (pieces.get(name) instanceof PieceSource.Sequence(List<String> names)) {
      for (String part : names) {
        if (cyclic(part, way)) {
          return true;
        }
      }
    }
    way.remove(name);
    return false;
  }

  /**
   * The originals of a named piece, in the order in which they sound; empty for null.
   *
   * @throws IllegalArgumentException for a missing or cyclic piece, which a checked show does not
   *     have
   */
  public List<String> originals(@Nullable String name) {
    List<String> all = new ArrayList<>();
    if (name != null) {
      collect(name, all, new HashSet<>());
    }
    return List.copyOf(all);
  }

  private void collect(String name, List<String> all, Set<String> open) {
    PieceSource piece = pieces.get(name);
    if (piece == null || !open.add(name)) {
      throw new IllegalArgumentException(
          "piece " + name + (piece == null ? " does not exist" : " contains itself"));
    }
    switch (piece) {
      case PieceSource.Original(String sha256) -> all.add(sha256);
      case PieceSource.Sequence(List<String> names) ->
          names.forEach(part -> collect(part, all, open));
    }
    open.remove(name);
  }
}
