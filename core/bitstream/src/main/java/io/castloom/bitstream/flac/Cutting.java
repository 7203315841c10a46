package io.castloom.bitstream.flac;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a stretch of samples into whole frames of a stream and, where it begins or ends within a
 * frame, edges that are written anew. No frame gets fewer than 16 samples, which only the last of a
 * file may have, as long as the stretch has so many.
 */
final class Cutting {
  /** RFC 9639, 8.2. */
  static final int SMALLEST_BLOCK = 16;

  private final FlacStream stream;
  private final List<Stretch> all = new ArrayList<>();

  /** A stretch of a stream. */
  sealed interface Stretch {
    /** Frames as they are, from one (included) to another (excluded). */
    record Frames(int from, int to) implements Stretch {}

    /** Samples that become a frame of their own. */
    record Edge(long from, long to) implements Stretch {}
  }

  private Cutting(FlacStream stream) {
    this.stream = stream;
  }

  /**
   * Cuts.
   *
   * @param from the first sample
   * @param to the sample after the last, greater than {@code from}
   * @param ends whether nothing follows in the file
   */
  static List<Stretch> of(FlacStream stream, long from, long to, boolean ends) {
    Cutting cutting = new Cutting(stream);
    cutting.cut(from, to, ends);
    return cutting.all;
  }

  private void cut(long from, long to, boolean ends) {
    int first = stream.frameOf(from);
    first += stream.start(first) < from ? 1 : 0;
    int end = to == stream.samples() ? stream.count() : stream.frameOf(to);
    if (first >= end) {
      edge(from, to);
      return;
    }
    if (from < stream.start(first) && stream.start(first) - from < SMALLEST_BLOCK) {
      first++;
    }
    boolean shortTail = to - stream.start(end) < SMALLEST_BLOCK && to > stream.start(end);
    boolean shortFrame = to == stream.start(end) && stream.blockSize(end - 1) < SMALLEST_BLOCK;
    if (!ends && (shortTail || shortFrame)) {
      end -= shortFrame ? 2 : 1;
    }
    if (first >= end) {
      edge(from, to);
      return;
    }
    edge(from, stream.start(first));
    all.add(new Stretch.Frames(first, end));
    edge(stream.start(end), to);
  }

  /** In equal parts, none larger than the largest frame. */
  private void edge(long from, long to) {
    long length = to - from;
    long parts = (length + stream.largestBlock() - 1) / stream.largestBlock();
    for (long i = 0; i < parts; i++) {
      all.add(new Stretch.Edge(from + i * length / parts, from + (i + 1) * length / parts));
    }
  }
}
