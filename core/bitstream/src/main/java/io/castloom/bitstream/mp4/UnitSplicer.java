package io.castloom.bitstream.mp4;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes one stream of slices of AAC pieces. Units can be cut anywhere, so nothing is read and
 * nothing rewritten.
 */
public final class UnitSplicer {
  private UnitSplicer() {}

  /** What became of a splice. */
  public sealed interface Outcome {
    /**
     * The slices are one stream.
     *
     * @param audio its units, for {@link Mp4File}
     * @param units their index
     */
    record Spliced(BytePlan audio, AccessUnits units) implements Outcome {}

    /** A slice has another decoder configuration, sample rate or unit length than the first one. */
    record Mismatch(int slice, String reason) implements Outcome {}
  }

  /**
   * Splices.
   *
   * @param slices in order, at least one
   */
  public static Outcome splice(List<UnitSlice> slices) {
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("A splice needs at least one slice");
    }
    AccessUnits first = slices.getFirst().piece().units();
    List<BytePlan.Part> parts = new ArrayList<>();
    int[] sizes = new int[0];
    for (int i = 0; i < slices.size(); i++) {
      UnitSlice slice = slices.get(i);
      AccessUnits units = slice.piece().units();
      if (units.rateHz() != first.rateHz()
          || units.samplesPerUnit() != first.samplesPerUnit()
          || !configuration(units).equals(configuration(first))) {
        return new Outcome.Mismatch(
            i,
            "Piece %s is %s with another decoder configuration than the first (%s): conform it first"
                .formatted(slice.piece().name(), units, first));
      }
      long length = units.offset(slice.to()) - units.offset(slice.from());
      if (length > 0) {
        long offset = slice.piece().base() + units.offset(slice.from());
        parts.add(new BytePlan.CopyRange(slice.piece().name(), offset, length));
      }
      int at = sizes.length;
      sizes = Arrays.copyOf(sizes, at + slice.to() - slice.from());
      System.arraycopy(units.sizes(slice.from(), slice.to()), 0, sizes, at, sizes.length - at);
    }
    UnitSlice last = slices.getLast();
    return new Outcome.Spliced(
        new BytePlan(parts),
        new AccessUnits(
            first.sampleEntry(),
            first.rateHz(),
            first.samplesPerUnit(),
            slices.getFirst().from() == 0 ? first.primingSamples() : 0,
            last.to() == last.piece().units().count() ? last.piece().units().paddingSamples() : 0,
            sizes));
  }

  /**
   * The decoder's own configuration inside of the sample entry; bit rates and buffer sizes around
   * it may differ.
   */
  private static Bytes configuration(AccessUnits units) {
    return SampleEntry.decoderConfiguration(units.sampleEntry());
  }
}
