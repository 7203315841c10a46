package io.castloom.worker.stages;

import io.castloom.bitstream.mp3.ChunkPlan.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stretches of a recording that the segments of a join are, and what may still be encoded again
 * for seams that are not found: together no more than the recording, which is what a single pass
 * costs.
 */
final class SegmentSpans {

  private final List<Stretch> stretches = new ArrayList<>();
  private final long total;
  private long spent;

  /**
   * @param span as it is encoded
   * @param cut as it was cut
   * @param sought whether other starts were tried
   */
  private record Stretch(Span span, Span cut, boolean sought) {}

  /**
   * @param cut the segments as they were cut, in order, at least one
   */
  SegmentSpans(List<Span> cut) {
    for (Span span : cut) {
      stretches.add(new Stretch(span, span, false));
    }
    this.total = end(cut.getLast());
  }

  /** How many segments there are now. */
  int count() {
    return stretches.size();
  }

  /** A segment as it is encoded. */
  Span span(int segment) {
    return stretches.get(segment).span();
  }

  /** A segment as it was cut. */
  Span cut(int segment) {
    return stretches.get(segment).cut();
  }

  /** Counts so much as encoded again; false, and nothing is counted, when that is too much. */
  boolean spend(Span span) {
    if (spent + span.samples() > total) {
      return false;
    }
    spent += span.samples();
    return true;
  }

  /** Begins to try other starts of a segment; false when they have been tried. */
  boolean beginSearch(int segment) {
    Stretch stretch = stretches.get(segment);
    stretches.set(segment, new Stretch(stretch.span(), stretch.cut(), true));
    return !stretch.sought();
  }

  /** Has a segment begin earlier. */
  void begin(int segment, Span earlier) {
    stretches.set(segment, new Stretch(earlier, stretches.get(segment).cut(), true));
  }

  /**
   * Has a segment go on through the one behind it, which is no more from now on.
   *
   * @return null when a single pass would cost no more
   */
  @Nullable Span unite(int segment) {
    Stretch left = stretches.get(segment);
    Stretch right = stretches.get(segment + 1);
    Span span = through(left.span(), right.cut());
    if (stretches.size() == 2 || !spend(span)) {
      return null;
    }
    stretches.set(segment, new Stretch(span, through(left.cut(), right.cut()), left.sought()));
    stretches.remove(segment + 1);
    return span;
  }

  private static Span through(Span left, Span right) {
    return new Span(
        left.startSample(), end(right) - left.startSample(), left.startFrame(), right.last());
  }

  /** The sample behind a span. */
  static long end(Span span) {
    return span.startSample() + span.samples();
  }
}
