package io.castloom.bitstream.flac;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Makes one FLAC file of frames of others. The decoded samples are exactly those of the frames; a
 * frame usually has 4096 or 4608 samples, so cuts fall on about a tenth of a second.
 */
public final class FlacSplicer {
  private FlacSplicer() {}

  /**
   * Frames of a file, from {@code from} (included) to {@code to} (excluded).
   *
   * @param source the file
   * @param stream what {@link FlacStream#read} found in it
   */
  public record Slice(ByteSource source, FlacStream stream, int from, int to) {
    /** Checks that the slice is inside of its stream and not empty. */
    public Slice {
      if (from < 0 || from >= to || to > stream.count()) {
        throw new IllegalArgumentException(
            "Frames %d to %d are not inside of the %d of the stream"
                .formatted(from, to, stream.count()));
      }
    }

    /** All frames of a file. */
    public static Slice whole(ByteSource source, FlacStream stream) {
      return new Slice(source, stream, 0, stream.count());
    }
  }

  /** What became of a splice. */
  public sealed interface Outcome {
    /**
     * The file was written.
     *
     * @param bytes its length
     * @param samples per channel
     */
    record Spliced(long bytes, long samples) implements Outcome {}

    /**
     * A slice has another rate, depth or number of channels than the first one. Nothing was
     * written.
     */
    record Mismatch(int slice, String reason) implements Outcome {}
  }

  /**
   * Splices, frame by frame.
   *
   * @param slices in order, at least one
   * @param comments each {@code NAME=value}
   * @param md5 of all decoded samples if it is known (of a join whose whole was hashed), else
   *     {@link StreamInfo#NO_MD5}
   * @throws IOException if a source or the output fails, or a source is not what its stream says
   */
  public static Outcome splice(
      List<Slice> slices, List<String> comments, Bytes md5, OutputStream out) throws IOException {
    StreamInfo first = slices.getFirst().stream().info();
    FlacHead.Blocks blocks = new FlacHead.Blocks();
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      StreamInfo info = slice.stream().info();
      if (!info.suits(first)) {
        return new Outcome.Mismatch(i, FlacHead.mismatch(i, info, first));
      }
      for (int frame = slice.from(); frame < slice.to(); frame++) {
        blocks.add(slice.stream().blockSize(frame));
      }
    }
    StreamInfo info =
        new StreamInfo(first.rateHz(), first.channels(), first.bits(), blocks.samples(), md5);
    byte[] head = FlacHead.of(info, blocks, comments, Bytes.EMPTY);
    out.write(head);
    long bytes = head.length;
    long number = 0;
    for (Slice slice : slices) {
      for (int frame = slice.from(); frame < slice.to(); frame++) {
        byte[] rewritten = frame(slice, frame, blocks.isFixed(), number);
        out.write(rewritten);
        bytes += rewritten.length;
        number += blocks.isFixed() ? 1 : slice.stream().blockSize(frame);
      }
    }
    return new Outcome.Spliced(bytes, blocks.samples());
  }

  /** A frame with another number, and with its checksums. */
  private static byte[] frame(Slice slice, int frame, boolean fixed, long number)
      throws IOException {
    byte[] old = slice.source().read(slice.stream().offset(frame), slice.stream().size(frame));
    return renumbered(old, frame, fixed, number);
  }

  /** A frame, the so-maniest of its file, with another number and its checksums. */
  static byte[] renumbered(byte[] old, int frame, boolean fixed, long number) throws IOException {
    FlacHeader header = FlacHeader.read(old, 0, old.length);
    if (header == null || FlacCrc.frame(old, 0, old.length) != 0) {
      throw new IOException("Frame " + frame + " of a FLAC file is not what its stream says");
    }
    byte[] encoded = FlacHeader.encode(number);
    int shift = encoded.length - header.numberBytes();
    byte[] bytes = new byte[old.length + shift];
    System.arraycopy(old, 0, bytes, 0, FlacHeader.NUMBER_AT);
    bytes[1] = (byte) (fixed ? 0xf8 : 0xf9);
    System.arraycopy(encoded, 0, bytes, FlacHeader.NUMBER_AT, encoded.length);
    int rest = FlacHeader.NUMBER_AT + header.numberBytes();
    System.arraycopy(old, rest, bytes, rest + shift, old.length - rest);
    int checksum = header.length() + shift - 1;
    bytes[checksum] = (byte) FlacCrc.header(bytes, 0, checksum);
    int crc = FlacCrc.frame(bytes, 0, bytes.length - 2);
    bytes[bytes.length - 2] = (byte) (crc >>> 8);
    bytes[bytes.length - 1] = (byte) crc;
    return bytes;
  }
}
