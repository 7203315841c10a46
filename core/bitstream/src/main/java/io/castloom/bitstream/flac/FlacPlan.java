package io.castloom.bitstream.flac;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.flac.Cutting.Stretch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans one FLAC file of stretches of stored ones, exact to the sample. Each frame carries its
 * number and a checksum over it, so all frames are written anew, a few hundred kilobytes at a time;
 * the sound in them is not touched. A frame that a cut divides is decoded, and its samples are
 * written as they are.
 */
public final class FlacPlan {
  private static final int CHUNK_BYTES = 256 << 10;

  private FlacPlan() {}

  /**
   * Samples of a piece, from {@code from} (included) to {@code to} (excluded).
   *
   * @param piece its name for the reader
   */
  public record Slice(String piece, FlacStream stream, long from, long to) {
    /** Checks that the slice is inside of its stream and not empty. */
    public Slice {
      if (from < 0 || from >= to || to > stream.samples()) {
        throw new IllegalArgumentException(
            "Samples %d to %d are not inside of the %d of piece %s"
                .formatted(from, to, stream.samples(), piece));
      }
    }
  }

  /** What became of a plan. */
  public sealed interface Outcome {
    /**
     * A file that can be written.
     *
     * @param samples per channel
     */
    record Planned(BytePlan bytes, long samples) implements Outcome {}

    /** A slice has another rate, depth or number of channels than the first one. */
    record Mismatch(int slice, String reason) implements Outcome {}
  }

  /**
   * Plans a file. The MD5 of its samples is left open, since nothing is decoded.
   *
   * @param slices in order, at least one
   * @param comments each {@code NAME=value}
   * @param picture a JPEG or PNG as the cover, or {@link Bytes#EMPTY} for none
   */
  public static Outcome plan(List<Slice> slices, List<String> comments, Bytes picture) {
    StreamInfo first = slices.getFirst().stream().info();
    FlacHead.Blocks blocks = new FlacHead.Blocks();
    List<List<Stretch>> stretches = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      if (!slice.stream().info().suits(first)) {
        return new Outcome.Mismatch(i, FlacHead.mismatch(i, slice.stream().info(), first));
      }
      List<Stretch> cut =
          Cutting.of(slice.stream(), slice.from(), slice.to(), i == slices.size() - 1);
      stretches.add(cut);
      cut.forEach(stretch -> count(slice.stream(), stretch, blocks));
    }
    StreamInfo info =
        new StreamInfo(
            first.rateHz(), first.channels(), first.bits(), blocks.samples(), StreamInfo.NO_MD5);
    List<BytePlan.Part> parts = new ArrayList<>();
    parts.add(new BytePlan.Literal(Bytes.adopt(FlacHead.of(info, blocks, comments, picture))));
    parts.addAll(new Numbering(blocks.isFixed()).parts(slices, stretches));
    return new Outcome.Planned(new BytePlan(parts), blocks.samples());
  }

  private static void count(FlacStream stream, Stretch stretch, FlacHead.Blocks blocks) {
    switch (stretch) {
      case Stretch.Edge(long from, long to) -> blocks.add((int) (to - from));
      case Stretch.Frames(int from, int to) -> {
        for (int frame = from; frame < to; frame++) {
          blocks.add(stream.blockSize(frame));
        }
      }
    }
  }

  /** Gives each frame of the file its number. */
  private static final class Numbering {
    private final boolean fixed;
    private final List<BytePlan.Part> parts = new ArrayList<>();
    private long number;

    Numbering(boolean fixed) {
      this.fixed = fixed;
    }

    List<BytePlan.Part> parts(List<Slice> slices, List<List<Stretch>> stretches) {
      for (int i = 0; i < slices.size(); i++) {
        for (Stretch stretch : stretches.get(i)) {
          add(slices.get(i), stretch);
        }
      }
      return parts;
    }

    private void add(Slice slice, Stretch stretch) {
      switch (stretch) {
        case Stretch.Edge(long from, long to) -> {
          Edge edge = new Edge(slice, from, to, fixed, number);
          parts.add(new BytePlan.Made(edge.length(), slice.piece(), edge::make));
          number += fixed ? 1 : to - from;
        }
        case Stretch.Frames(int first, int end) -> {
          int from = first;
          while (from < end) {
            Chunk chunk = Chunk.of(slice, from, end, fixed, number);
            parts.add(new BytePlan.Made(chunk.length, slice.piece(), chunk::make));
            number = chunk.after;
            from = chunk.to;
          }
        }
      }
    }
  }

  /**
   * Samples of one or two frames that become a frame of their own.
   *
   * @param number of it in the file
   */
  private record Edge(Slice slice, long from, long to, boolean fixed, long number) {

    int length() {
      return PlainFrame.length(slice.stream().info(), (int) (to - from), number);
    }

    byte[] make(PieceReader reader) throws IOException {
      FlacStream stream = slice.stream();
      long[][] samples = new long[stream.info().channels()][(int) (to - from)];
      for (int frame = stream.frameOf(from);
          frame < stream.count() && stream.start(frame) < to;
          frame++) {
        byte[] bytes = reader.read(slice.piece(), stream.offset(frame), stream.size(frame));
        long[][] decoded = FrameSamples.of(bytes, stream.info());
        if (decoded[0].length != stream.blockSize(frame)) {
          throw new IOException("piece " + slice.piece() + " is not what its frames say");
        }
        long begin = Math.max(from, stream.start(frame));
        long end = Math.min(to, stream.start(frame + 1));
        for (int c = 0; c < samples.length; c++) {
          System.arraycopy(
              decoded[c],
              (int) (begin - stream.start(frame)),
              samples[c],
              (int) (begin - from),
              (int) (end - begin));
        }
      }
      return PlainFrame.of(stream.info(), samples, fixed, number);
    }
  }

  /**
   * Frames that follow each other in a piece.
   *
   * @param number of the first one in the file
   * @param after the number that follows the last one
   * @param length of all with their new numbers
   */
  private record Chunk(
      Slice slice, int from, int to, boolean fixed, long number, long after, long length) {

    static Chunk of(Slice slice, int from, int end, boolean fixed, long number) {
      FlacStream stream = slice.stream();
      long length = 0;
      long next = number;
      int to = from;
      while (to < end && (to == from || length < CHUNK_BYTES)) {
        length += stream.size(to) + FlacHeader.encode(next).length - stream.numberBytes(to);
        next += fixed ? 1 : stream.blockSize(to);
        to++;
      }
      return new Chunk(slice, from, to, fixed, number, next, length);
    }

    byte[] make(PieceReader reader) throws IOException {
      FlacStream stream = slice.stream();
      long start = stream.offset(from);
      byte[] old = reader.read(slice.piece(), start, (int) (stream.offset(to) - start));
      byte[] made = new byte[(int) length];
      int at = 0;
      long next = number;
      for (int frame = from; frame < to; frame++) {
        int begin = (int) (stream.offset(frame) - start);
        at = renumber(old, begin, frame, next, made, at);
        next += fixed ? 1 : stream.blockSize(frame);
      }
      if (at != made.length) {
        throw new IOException("piece " + slice.piece() + " is not what its frames say");
      }
      return made;
    }

    /**
     * Writes a frame with another number and its checksums.
     *
     * @return where it ends
     */
    private int renumber(byte[] old, int from, int frame, long next, byte[] made, int at)
        throws IOException {
      int size = slice.stream().size(frame);
      FlacHeader header = FlacHeader.read(old, from, size);
      byte[] encoded = FlacHeader.encode(next);
      int shift = header == null ? 0 : encoded.length - header.numberBytes();
      int end = at + size + shift;
      if (header == null || end > made.length || FlacCrc.frame(old, from, from + size) != 0) {
        throw new IOException(
            "frame %d of piece %s is not what its index says".formatted(frame, slice.piece()));
      }
      System.arraycopy(old, from, made, at, FlacHeader.NUMBER_AT);
      made[at + 1] = (byte) (fixed ? 0xf8 : 0xf9);
      System.arraycopy(encoded, 0, made, at + FlacHeader.NUMBER_AT, encoded.length);
      int rest = FlacHeader.NUMBER_AT + header.numberBytes();
      System.arraycopy(old, from + rest, made, at + rest + shift, size - rest);
      int checksum = at + header.length() + shift - 1;
      made[checksum] = (byte) FlacCrc.header(made, at, checksum);
      int crc = FlacCrc.frame(made, at, end - 2);
      made[end - 2] = (byte) (crc >>> 8);
      made[end - 1] = (byte) crc;
      return end;
    }
  }
}
