package io.castloom.worker.stages;

import io.castloom.bitstream.mp3.ChunkPlan.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The stretches of a recording that the segments of a join are, and what is tried where no seam is
 * found: first a longer pre-roll, then one segment instead of the two on its sides, at last
 * everything in a single pass. Segments that are made one are together never longer than the
 * recording, since that is what a single pass costs.
 */
final class SegmentSpans {

  /**
   * How many times the pre-roll a segment gets that found no seam. Few and large steps: each costs
   * the encoding of a whole segment.
   */
  private static final List<Integer> PRE_ROLLS = List.of(4, 16);

  private final Widening widening;
  private final List<Stretch> stretches = new ArrayList<>();
  private final long total;
  private long united;

  /** Gives a span a longer pre-roll. */
  @FunctionalInterface
  interface Widening {
    /**
     * @param span as it was cut
     * @return the span itself if it starts with the recording
     */
    Span with(Span span, int times);
  }

  /** What is to be encoded again. */
  sealed interface Repair {
    /** A segment, with more before it. */
    record Wider(int segment, Span span) implements Repair {}

    /** A segment that goes on through the one behind it, which is left out from now on. */
    record United(int segment, Span span) implements Repair {}

    /** Everything, in a single pass. */
    record SinglePass() implements Repair {}
  }

  private record Stretch(Span cut, Span span, int tries) {}

  /**
   * @param cut the segments as they were cut, in order, at least one
   */
  SegmentSpans(List<Span> cut, Widening widening) {
    this.widening = widening;
    for (Span span : cut) {
      stretches.add(new Stretch(span, span, 0));
    }
    this.total = end(cut.getLast());
  }

  /** How many segments there are now. */
  int count() {
    return stretches.size();
  }

  Span span(int segment) {
    return stretches.get(segment).span();
  }

  /**
   * What to do where no seam is found before a segment. The segments are those of the repair
   * afterwards.
   *
   * @param segment its number now, from 1
   */
  Repair noSeamBefore(int segment) {
    Stretch right = stretches.get(segment);
    if (right.tries() < PRE_ROLLS.size()) {
      Span wider = widening.with(right.cut(), PRE_ROLLS.get(right.tries()));
      stretches.set(segment, new Stretch(right.cut(), wider, right.tries() + 1));
      if (!wider.equals(right.span()) && wider.startSample() > 0) {
        return new Repair.Wider(segment, wider);
      }
    }
    return unite(segment - 1);
  }

  private Repair unite(int segment) {
    Stretch left = stretches.get(segment);
    Stretch right = stretches.remove(segment + 1);
    Span span = through(left.span(), right.cut());
    stretches.set(segment, new Stretch(through(left.cut(), right.cut()), span, left.tries()));
    united += span.samples();
    return stretches.size() == 1 || united > total
        ? new Repair.SinglePass()
        : new Repair.United(segment, span);
  }

  private static Span through(Span left, Span right) {
    return new Span(
        left.startSample(), end(right) - left.startSample(), left.startFrame(), right.last());
  }

  private static long end(Span span) {
    return span.startSample() + span.samples();
  }
}
