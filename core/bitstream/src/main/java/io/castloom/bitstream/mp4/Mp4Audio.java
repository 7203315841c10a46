package io.castloom.bitstream.mp4;

import io.castloom.bitstream.BytePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The first audio track of a file.
 *
 * @param units its access units as if they stood alone, one after the other
 * @param runs where they stand in the file
 */
public record Mp4Audio(AccessUnits units, List<Run> runs) {
  /** Units that stand one after the other in the file. */
  public record Run(long offset, int firstUnit, int count) {}

  /** Copies the runs. */
  public Mp4Audio {
    runs = List.copyOf(runs);
  }

  /** The access units alone, as ranges of the file: a splice-ready piece. */
  public BytePlan unitsOf(String piece) {
    List<BytePlan.Part> parts = new ArrayList<>();
    for (Run run : runs) {
      long length = units.offset(run.firstUnit() + run.count()) - units.offset(run.firstUnit());
      if (length > 0) {
        parts.add(new BytePlan.CopyRange(piece, run.offset(), length));
      }
    }
    return new BytePlan(parts);
  }

  /** Whether all units stand together, so that the file itself can serve as a piece. */
  public boolean isContiguous() {
    return runs.size() == 1;
  }

  /**
   * The file as a piece, as it is stored.
   *
   * @throws IllegalStateException if its units do not stand together: store {@link #unitsOf}
   *     instead
   */
  public UnitPiece piece(String name) {
    if (!isContiguous()) {
      throw new IllegalStateException(
          "The access units of %s stand in %d separate runs".formatted(name, runs.size()));
    }
    return new UnitPiece(name, units, runs.getFirst().offset());
  }
}
