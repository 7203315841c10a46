package io.castloom.service.stitch;

import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Profile;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds pieces whose frames can stand in one stream. As long as all stored ones have one form they
 * are taken as they are; else those that have not the form of the show's profile are replaced by
 * ones that are encoded again.
 */
final class FittingPieces {

  private final PieceLibrary library;
  private final Profile profile;
  private final String encoder;

  /** What was found. */
  sealed interface Found {
    /**
     * All of them.
     *
     * @param again recordings whose pieces were encoded again, with the reason
     */
    record All(Map<Segment, StoredPiece> pieces, Map<String, String> again) implements Found {}

    /** Some are not stored. */
    record Lacking(List<PieceNeed> needs) implements Found {}

    /** Encoding again does not help. */
    record Unfit(String reason) implements Found {}
  }

  FittingPieces(PieceLibrary library, Profile profile, String encoder) {
    this.library = library;
    this.profile = profile;
    this.encoder = encoder;
  }

  Found find(Arrangement arrangement) throws IOException {
    Map<Segment, StoredPiece> pieces = new LinkedHashMap<>();
    Set<PieceNeed> lacking = new LinkedHashSet<>();
    Set<Form> forms = new HashSet<>();
    for (Segment segment : arrangement.segments()) {
      PieceNeed need = new PieceNeed(segment.kind(), segment.original(), "");
      Optional<StoredPiece> piece = library.find(need.key(profile, encoder));
      if (piece.isEmpty()) {
        lacking.add(need);
      } else {
        pieces.put(segment, piece.get());
        forms.add(piece.get().form());
      }
    }
    if (forms.size() < 2) {
      return lacking.isEmpty()
          ? new Found.All(pieces, Map.of())
          : new Found.Lacking(List.copyOf(lacking));
    }
    return again(pieces, lacking);
  }

  private Found again(Map<Segment, StoredPiece> pieces, Set<PieceNeed> lacking) throws IOException {
    Form wanted = Form.of(profile);
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Segment segment : List.copyOf(pieces.keySet())) {
      Form form = Objects.requireNonNull(pieces.get(segment)).form();
      if (form.equals(wanted)) {
        continue;
      }
      String misfit = "is stored as " + form + ", the show's form is " + wanted;
      PieceNeed need = new PieceNeed(segment.kind(), segment.original(), misfit);
      Optional<StoredPiece> made = library.find(need.key(profile, encoder));
      if (made.isEmpty()) {
        lacking.add(need);
      } else if (!made.get().form().equals(wanted)) {
        return new Found.Unfit(
            "recording %s %s, and so it is (%s) when it is encoded again"
                .formatted(segment.original(), misfit, made.get().form()));
      } else {
        pieces.put(segment, made.get());
        reasons.put(segment.original(), misfit);
      }
    }
    return lacking.isEmpty()
        ? new Found.All(pieces, reasons)
        : new Found.Lacking(List.copyOf(lacking));
  }
}
