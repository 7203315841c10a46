package io.castloom.domain.arrangement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An arrangement in frames: when everything in it sounds, exact to the sample. Needs the pieces'
 * frame indexes, not their audio.
 *
 * <p>Cuts lie on frame borders, the one nearest to the wanted time. The first piece keeps its delay
 * and the last one its padding, which players take away; in between they are left out by whole
 * frames.
 */
public final class Timeline {
  private final List<LaidSegment> segments;
  private final long frames;

  private Timeline(List<LaidSegment> segments, long frames) {
    this.segments = List.copyOf(segments);
    this.frames = frames;
  }

  /**
   * Lays an arrangement.
   *
   * @param arrangement what sounds
   * @param grids the frames of each original in the arrangement's rendering
   * @throws IllegalArgumentException when the pieces differ in sample rate or frame length: they
   *     have to be conformed first
   */
  public static Timeline of(Arrangement arrangement, Function<String, PieceGrid> grids) {
    List<LaidSegment> laid = new ArrayList<>();
    long start = 0;
    int last = arrangement.segments().size() - 1;
    for (int i = 0; i <= last; i++) {
      Segment segment = arrangement.segments().get(i);
      PieceGrid grid = grids.apply(segment.original());
      PieceGrid first = laid.isEmpty() ? grid : laid.getFirst().grid();
      if (grid.sampleRate() != first.sampleRate() || grid.frameSamples() != first.frameSamples()) {
        throw new IllegalArgumentException(
            "piece %s has %d Hz and %d samples a frame, the first piece has %d Hz and %d: conform it first"
                .formatted(
                    segment.original(),
                    grid.sampleRate(),
                    grid.frameSamples(),
                    first.sampleRate(),
                    first.frameSamples()));
      }
      int from = segment.fromStart() ? (i == 0 ? 0 : grid.firstFrame()) : cut(grid, segment.from());
      Duration end = segment.to();
      int to = end != null ? cut(grid, end) : i == last ? grid.frames() : grid.endFrame();
      laid.add(new LaidSegment(segment, grid, from, Math.max(from, to), start));
      start += Math.max(0, to - from);
    }
    return new Timeline(laid, start);
  }

  private static int cut(PieceGrid grid, Duration at) {
    return grid.cut(samples(at, grid.sampleRate()));
  }

  /** The segments with their frames, in order. */
  public List<LaidSegment> segments() {
    return segments;
  }

  /** Samples a second. */
  public int sampleRate() {
    return segments.getFirst().grid().sampleRate();
  }

  /** How many frames the episode has. */
  public long frames() {
    return frames;
  }

  /** How many samples sound, without the first piece's delay and the last one's padding. */
  public long samples() {
    long all = frames * segments.getFirst().grid().frameSamples();
    return Math.max(0, all - segments.getFirst().grid().startSkip() - endTrim());
  }

  private int endTrim() {
    return segments.getLast().segment().to() == null ? segments.getLast().grid().endTrim() : 0;
  }

  /** How long it sounds. */
  public Duration length() {
    return time(samples());
  }

  /** When a segment begins to sound; zero for the first one. */
  public Duration start(LaidSegment segment) {
    return time(startSample(segment));
  }

  /** When a segment has sounded. */
  public Duration end(LaidSegment segment) {
    return time(Math.min(samples(), sampleAt(segment.position() + segment.samples())));
  }

  long startSample(LaidSegment segment) {
    return sampleAt(segment.position());
  }

  /** The sample that sounds at a decoded position. */
  long sampleAt(long position) {
    return Math.max(0, position - segments.getFirst().grid().startSkip());
  }

  /** The function that moves body times. */
  public TimeShift shift() {
    return new TimeShift(this);
  }

  Duration time(long samples) {
    return duration(samples, sampleRate());
  }

  /**
   * The time of a sample, to the nanosecond; {@link #samples(Duration, int)} of it is the sample
   * again.
   */
  static Duration duration(long samples, int rate) {
    long nanos = (samples % rate * 1_000_000_000L + rate / 2) / rate;
    return Duration.ofSeconds(samples / rate, nanos);
  }

  /** The sample nearest to a time. */
  static long samples(Duration time, int rate) {
    return Math.addExact(
        Math.multiplyExact(time.getSeconds(), (long) rate),
        (time.getNano() * (long) rate + 500_000_000L) / 1_000_000_000L);
  }
}
