package io.castloom.tests.bench;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.mp3.FrameHeader;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp3.Piece;
import io.castloom.bitstream.mp3.Slice;
import io.castloom.bitstream.mp3.SpliceOutcome;
import io.castloom.bitstream.mp3.Splicer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How fast frames are found, indexed and spliced, next to a plain copy of the same bytes: an hour
 * at 128 kbit/s, in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BitstreamBench {
  private static final int FRAMES = 150_000;
  private static final int CUTS = 6;

  private final byte[] stream = SyntheticMp3.frames(FRAMES);
  private final Sink sink = new Sink(stream.length + 100_000);
  private final FrameIndex index = indexOf(stream);
  private final byte[] encoded = index.encode();
  private final List<Slice> slices = slices();
  private final PieceReader reader =
      PieceReader.of(Map.of("a", ByteSource.of(stream), "b", ByteSource.of(stream)));

  /** What everything else is measured against. */
  @Benchmark
  public byte[] copy() {
    System.arraycopy(stream, 0, sink.bytes, 0, stream.length);
    return sink.bytes;
  }

  /** From header to header, the least that finds all frames. */
  @Benchmark
  public int walkHeaders() {
    int frames = 0;
    for (int at = 0; at < stream.length; frames++) {
      int word =
          (stream[at] & 0xff) << 24
              | (stream[at + 1] & 0xff) << 16
              | (stream[at + 2] & 0xff) << 8
              | (stream[at + 3] & 0xff);
      at += new FrameHeader(word).frameBytes();
    }
    return frames;
  }

  /** The whole index: headers, side info, and the checksum of every byte. */
  @Benchmark
  public FrameIndex scan() {
    return indexOf(stream);
  }

  private static FrameIndex indexOf(byte[] stream) {
    try {
      return Mp3Scanner.scan(ByteSource.of(stream)).orThrow().index();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An index from its stored form. */
  @Benchmark
  public FrameIndex readIndex() {
    return FrameIndex.decode(encoded).orThrow();
  }

  /** The plan of an episode with six cuts: its audio is not touched. */
  @Benchmark
  public SpliceOutcome.Spliced planSplice() {
    try {
      return switch (Splicer.splice(slices, reader)) {
        case SpliceOutcome.Spliced spliced -> spliced;
        case SpliceOutcome.CannotCut refused -> throw new IllegalStateException(refused.toString());
        case SpliceOutcome.Mismatch refused -> throw new IllegalStateException(refused.reason());
      };
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, with all bytes written. */
  @Benchmark
  public int writeSplice() {
    sink.length = 0;
    try {
      planSplice().audio().writeTo(sink, reader);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return sink.length;
  }

  private List<Slice> slices() {
    List<Slice> list = new ArrayList<>();
    int each = FRAMES / (CUTS + 1);
    for (int i = 0; i <= CUTS; i++) {
      Piece piece = new Piece(i % 2 == 0 ? "a" : "b", index, 0);
      list.add(new Slice(piece, i * each, i == CUTS ? FRAMES : (i + 1) * each));
    }
    return list;
  }

  /** A channel into an array. */
  private static final class Sink implements WritableByteChannel {
    private final byte[] bytes;
    private int length;

    Sink(int size) {
      bytes = new byte[size];
    }

    @Override
    public int write(ByteBuffer from) {
      int count = from.remaining();
      from.get(bytes, length, count);
      length += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /**
   * Runs all measurements in a JVM of their own (about 40 s) and gives a table: milliseconds for an
   * hour, GB/s, and the time as a multiple of the plain copy's.
   *
   * @throws IllegalStateException if a measurement fails
   */
  public static String run() {
    Collection<RunResult> results;
    try {
      results =
          new Runner(
                  new OptionsBuilder()
                      .include(BitstreamBench.class.getName() + "\\..*")
                      .forks(1)
                      .jvmArgsAppend("-Xmx1g")
                      .warmupIterations(2)
                      .warmupTime(TimeValue.seconds(1))
                      .measurementIterations(4)
                      .measurementTime(TimeValue.seconds(1))
                      .shouldFailOnError(true)
                      .build())
              .run();
    } catch (RunnerException e) {
      throw new IllegalStateException("The bitstream benchmark failed: " + e.getMessage(), e);
    }
    return table(results);
  }

  private static String table(Collection<RunResult> results) {
    double bytes = 384.0 * FRAMES;
    double copy = millis(results, "copy");
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT, "%-14s %10s %10s %8s%n", "bitstream", "ms/hour", "GB/s", "x copy"));
    for (String name :
        Arrays.asList("copy", "walkHeaders", "scan", "readIndex", "planSplice", "writeSplice")) {
      double millis = millis(results, name);
      table.append(
          String.format(
              Locale.ROOT,
              "%-14s %10.2f %10.2f %8.2f%n",
              name,
              millis,
              bytes / millis / 1e6,
              millis / copy));
    }
    return table.toString();
  }

  private static double millis(Collection<RunResult> results, String name) {
    for (RunResult result : results) {
      if (result.getPrimaryResult().getLabel().equals(name)) {
        return result.getPrimaryResult().getScore();
      }
    }
    throw new IllegalStateException("No measurement is named " + name);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.out.print(run());
  }
}
