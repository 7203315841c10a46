package io.castloom.bitstream.ogg;

import io.castloom.bitstream.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Makes one Ogg Opus file of slices of others, and joins chunks that were encoded apart.
 *
 * <p><strong>What is exact.</strong> A decoder needs about 80 ms until it does not depend on what
 * it decoded before (RFC 7845, 4.6). At the start this splicer takes up to four packets more and
 * lets the pre-skip throw them away, so a file that begins in the middle of a piece begins right.
 * Inside of a stream nothing can be thrown away: after an inner cut a decoder forgets the loudness
 * that stood before it by a third to a half with each packet, so that what differs is a tenth after
 * 80 ms and a hundredth after 200; pieces that meet should have short fades at their edges.
 *
 * <p><strong>Chunks.</strong> Start each chunk a whole number of packets early (a second is
 * enough), encode with the same settings, and take the slice without those packets: the lengths are
 * exact, the sound is another encode of the same sound.
 */
public final class OpusSplicer {
  private static final int PRE_ROLL_SAMPLES = 3_840;

  private OpusSplicer() {}

  /**
   * Packets of a file, from {@code from} (included) to {@code to} (excluded).
   *
   * @param source the file
   * @param stream what {@link OpusStream#read} found in it
   */
  public record Slice(ByteSource source, OpusStream stream, int from, int to) {
    /** Checks that the slice is inside of its stream and not empty. */
    public Slice {
      if (from < 0 || from >= to || to > stream.packets()) {
        throw new IllegalArgumentException(
            "Packets %d to %d are not inside of the %d of the stream"
                .formatted(from, to, stream.packets()));
      }
    }

    /** All packets of a file. */
    public static Slice whole(ByteSource source, OpusStream stream) {
      return new Slice(source, stream, 0, stream.packets());
    }
  }

  /** What became of a splice. */
  public sealed interface Outcome {
    /**
     * The file was written.
     *
     * @param bytes its length
     * @param soundSamples at 48 kHz
     */
    record Spliced(long bytes, long soundSamples) implements Outcome {}

    /** A slice has other channels, mapping or gain than the first one. Nothing was written. */
    record Mismatch(int slice, String reason) implements Outcome {}
  }

  /**
   * Splices, in one pass and with little memory.
   *
   * @param slices in order, at least one
   * @param serial of the new stream; any number, the same for the same result
   * @throws IOException if a source or the output fails, or a source is not what its stream says
   */
  public static Outcome splice(List<Slice> slices, OpusTags tags, int serial, OutputStream out)
      throws IOException {
    Slice first = slices.getFirst();
    OpusHead head = first.stream().head();
    for (int i = 1; i < slices.size(); i++) {
      if (!head.suits(slices.get(i).stream().head())) {
        return new Outcome.Mismatch(
            i,
            "Slice %d has other channels, mapping or gain (%s) than the first (%s): conform it first"
                .formatted(i, slices.get(i).stream().head(), head));
      }
    }
    int preRoll = preRollPackets(first);
    int preSkip = first.from() == 0 ? head.preSkip() : preRoll * first.stream().packetSamples();
    PageWriter pages = new PageWriter(out, serial);
    pages.headers(head.withPreSkip(preSkip).toArray(), tags.toArray());
    long total = 0;
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      total += copy(slice, slice.from() - (i == 0 ? preRoll : 0), pages);
    }
    Slice last = slices.getLast();
    long trimmed = last.to() == last.stream().packets() ? last.stream().trimmedSamples() : 0;
    pages.end(total - trimmed);
    return new Outcome.Spliced(pages.bytes(), Math.max(0, total - trimmed - preSkip));
  }

  private static int preRollPackets(Slice first) {
    int each = first.stream().packetSamples();
    return each == 0 ? 0 : Math.min(first.from(), (PRE_ROLL_SAMPLES + each - 1) / each);
  }

  private static long copy(Slice slice, int from, PageWriter pages) throws IOException {
    OggPackets packets = new OggPackets(slice.source());
    packets.next();
    packets.next();
    long samples = 0;
    for (int i = 0; i < slice.to(); i++) {
      OggPackets.Packet packet = packets.next();
      if (packet == null) {
        throw new IOException("An Opus file ends at packet " + i + ", before its slice does");
      }
      if (i >= from) {
        int length = OpusPacket.samples(packet.bytes());
        pages.packet(packet.bytes(), length);
        samples += length;
      }
    }
    return samples;
  }
}
