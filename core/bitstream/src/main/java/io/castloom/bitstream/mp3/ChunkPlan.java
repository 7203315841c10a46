package io.castloom.bitstream.mp3;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a recording into chunks that are encoded apart and then joined: each starts on the padding
 * grid, early by a pre-roll in which the encoder comes into the same state as in a single pass, and
 * ends late by a post-roll in which the seam is found.
 *
 * @param inputRateHz sample rate of the original
 * @param grid of the encoded stream
 * @param preRollFrames at least; rounded up to the grid. At a constant bit rate 196 is proved good,
 *     at a variable one 256
 * @param postRollFrames at least 49
 */
public record ChunkPlan(int inputRateHz, PaddingGrid grid, int preRollFrames, int postRollFrames) {
  /** A constant bit rate with the proved pre-roll and post-roll. */
  public static ChunkPlan constant(int inputRateHz, int rateHz, int kbps) {
    return new ChunkPlan(inputRateHz, PaddingGrid.constant(rateHz, kbps), 196, 98);
  }

  /** A variable or average bit rate with the proved pre-roll and post-roll. */
  public static ChunkPlan variable(int inputRateHz, int rateHz) {
    return new ChunkPlan(inputRateHz, PaddingGrid.variable(rateHz), 256, 98);
  }

  /**
   * What one worker encodes. Both ends are whole microseconds, so {@code -ss} and {@code -t} can
   * say them exactly.
   *
   * @param startSample first sample, in the encoded stream's rate
   * @param samples how many; the last chunk goes on to the end of the recording, whatever it says
   * @param startFrame the number that the chunk's first frame has in the whole stream
   * @param last whether it is the last chunk
   */
  public record Span(long startSample, long samples, long startFrame, boolean last) {
    /** Start in microseconds, exact. */
    public long startMicros(int rateHz) {
      return Math.multiplyExact(startSample, 1_000_000L) / rateHz;
    }

    /** Length in microseconds, exact but for the last chunk. */
    public long lengthMicros(int rateHz) {
      return Math.multiplyExact(samples, 1_000_000L) / rateHz;
    }
  }

  /**
   * Cuts.
   *
   * @param totalSamples length of the recording in the encoded stream's rate
   * @param chunkSeconds wished length of a chunk without its overlap, at least 1
   * @return one span if the recording is shorter than two chunks' half
   */
  public List<Span> cut(long totalSamples, int chunkSeconds) {
    long step = grid.seekableSamples(inputRateHz);
    long wished = Math.max(1, Math.round((double) chunkSeconds * grid.rateHz() / step)) * step;
    int chunks = (int) Math.max(1, Math.round((double) totalSamples / wished));
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      spans.add(
          span(i * wished, i == chunks - 1 ? totalSamples : (i + 1) * wished, i == chunks - 1));
    }
    return spans;
  }

  /**
   * Cuts into as many chunks as are wished, of nearly equal length.
   *
   * @param totalSamples length of the recording in the encoded stream's rate
   * @param chunks at least 1, each at least two steps of the grid long
   */
  public List<Span> cutInto(long totalSamples, int chunks) {
    long step = grid.seekableSamples(inputRateHz);
    if (chunks < 1 || (chunks > 1 && totalSamples / chunks < 2 * step)) {
      throw new IllegalArgumentException(
          "%d samples cannot be cut into %d chunks".formatted(totalSamples, chunks));
    }
    List<Span> spans = new ArrayList<>();
    long from = 0;
    for (int i = 1; i <= chunks; i++) {
      long to =
          i == chunks ? totalSamples : Math.round((double) totalSamples * i / chunks / step) * step;
      spans.add(span(from, to, i == chunks));
      from = to;
    }
    return spans;
  }

  /**
   * The same span with a longer pre-roll, for a chunk whose seam was not found, as in a silence.
   *
   * @param span as this plan cut it
   * @param times how many times the plan's pre-roll, at least 1
   * @return the span itself if it starts with the recording: then encode in a single pass
   */
  public Span withPreRoll(Span span, int times) {
    return earlier(span, (times - 1) * preRollSamples());
  }

  /**
   * The same span from another start, for a chunk of a variable bit rate whose seam was not found.
   *
   * @param span as this plan cut it
   * @param steps by how many steps of the grid it begins earlier, 0 or more
   */
  public Span withEarlierStart(Span span, int steps) {
    return earlier(span, steps * grid.seekableSamples(inputRateHz));
  }

  private Span earlier(Span span, long samples) {
    long start = Math.max(0, span.startSample() - samples);
    return new Span(
        start, span.samples() + span.startSample() - start, start / frameSamples(), span.last());
  }

  private Span span(long from, long to, boolean last) {
    long start = Math.max(0, from - preRollSamples());
    long end = last ? to : to + roundUp((long) postRollFrames * frameSamples());
    return new Span(start, end - start, start / frameSamples(), last);
  }

  private long preRollSamples() {
    return roundUp((long) preRollFrames * frameSamples());
  }

  private int frameSamples() {
    return MpegVersion.ofRate(grid.rateHz()).samplesPerFrame();
  }

  private long roundUp(long samples) {
    long step = grid.seekableSamples(inputRateHz);
    return (samples + step - 1) / step * step;
  }
}
