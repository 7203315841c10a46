package io.castloom.bitstream.flac;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.PieceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plans one FLAC file of frames of stored ones. Each frame carries its number and a checksum over
 * it, so all frames are written anew, a few hundred kilobytes at a time; the sound in them is not
 * touched.
 */
public final class FlacPlan {
  private static final int CHUNK_BYTES = 256 << 10;

  private FlacPlan() {}

  /**
   * Frames of a piece, from {@code from} (included) to {@code to} (excluded).
   *
   * @param piece its name for the reader
   */
  public record Slice(String piece, FlacStream stream, int from, int to) {
    /** Checks that the slice is inside of its stream and not empty. */
    public Slice {
      if (from < 0 || from >= to || to > stream.count()) {
        throw new IllegalArgumentException(
            "Frames %d to %d are not inside of the %d of piece %s"
                .formatted(from, to, stream.count(), piece));
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
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      if (!slice.stream().info().suits(first)) {
        return new Outcome.Mismatch(i, FlacHead.mismatch(i, slice.stream().info(), first));
      }
      for (int frame = slice.from(); frame < slice.to(); frame++) {
        blocks.add(slice.stream().blockSize(frame));
      }
    }
    StreamInfo info =
        new StreamInfo(
            first.rateHz(), first.channels(), first.bits(), blocks.samples(), StreamInfo.NO_MD5);
    List<BytePlan.Part> parts = new ArrayList<>();
    parts.add(new BytePlan.Literal(Bytes.adopt(FlacHead.of(info, blocks, comments, picture))));
    boolean fixed = blocks.isFixed();
    long number = 0;
    for (Slice slice : slices) {
      int from = slice.from();
      while (from < slice.to()) {
        Chunk chunk = Chunk.of(slice, from, fixed, number);
        parts.add(new BytePlan.Made(chunk.length, chunk::make));
        number = chunk.after;
        from = chunk.to;
      }
    }
    return new Outcome.Planned(new BytePlan(parts), blocks.samples());
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

    static Chunk of(Slice slice, int from, boolean fixed, long number) {
      FlacStream stream = slice.stream();
      long length = 0;
      long next = number;
      int to = from;
      while (to < slice.to() && (to == from || length < CHUNK_BYTES)) {
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
        byte[] one = Arrays.copyOfRange(old, begin, begin + stream.size(frame));
        byte[] renumbered = FlacSplicer.renumbered(one, frame, fixed, next);
        if (at + renumbered.length > made.length) {
          throw new IOException("piece " + slice.piece() + " is not what its frames say");
        }
        System.arraycopy(renumbered, 0, made, at, renumbered.length);
        at += renumbered.length;
        next += fixed ? 1 : stream.blockSize(frame);
      }
      return at == made.length ? made : Arrays.copyOf(made, at);
    }
  }
}
