package io.castloom.bitstream.ogg;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.Window;
import java.io.IOException;
import java.util.Arrays;

/**
 * An Opus file with the places of its packets. Where it can be cut is counted in units of 2.5 ms,
 * which every packet's length is a multiple of. Immutable.
 */
public final class OpusPiece {
  /** Samples at 48 kHz of a unit. */
  public static final int UNIT_SAMPLES = OpusPacket.UNIT_SAMPLES;

  private static final int HEADERS = 2;

  private final OpusStream stream;
  private final long[] offsets;
  private final int[] sizes;
  private final PacketLengths lengths;

  OpusPiece(OpusStream stream, PacketLengths lengths, long[] offsets, int[] sizes) {
    this.stream = stream;
    this.lengths = lengths;
    this.offsets = offsets;
    this.sizes = sizes;
  }

  /** What the file holds. */
  public OpusStream stream() {
    return stream;
  }

  /** Number of packets, at least 1. */
  public int count() {
    return sizes.length;
  }

  /** Length of all packets in units, at least 1. */
  public int units() {
    return lengths.start(count());
  }

  /** Where a packet begins, in units; 0 to {@link #count()}, which is where the last one ends. */
  public int start(int packet) {
    return lengths.start(packet);
  }

  /** The packet that a unit lies in, 0 or more; {@link #count()} from {@link #units()} on. */
  public int packetAt(int unit) {
    return lengths.at(unit);
  }

  /** The start of a packet, or the end of the last, that is nearest to a unit, 0 or more. */
  public int nearestStart(int unit) {
    int packet = packetAt(unit);
    int before = start(packet);
    return packet == count() || unit - before <= start(packet + 1) - unit
        ? before
        : start(packet + 1);
  }

  /** The first start of a packet, or the end of the last, at or behind a unit, 0 or more. */
  public int startAtOrBehind(int unit) {
    int packet = packetAt(unit);
    return packet == count() || start(packet) == unit ? start(packet) : start(packet + 1);
  }

  /** Samples at 48 kHz of a packet, 120 to 5760. */
  int samples(int packet) {
    return lengths.samples(packet);
  }

  long offset(int packet) {
    return offsets[packet];
  }

  int size(int packet) {
    return sizes[packet];
  }

  /** Where the last packet ends in the file. */
  public long end() {
    return offsets[sizes.length - 1] + sizes[sizes.length - 1];
  }

  /** Compact binary form: about 1.5 bytes a packet. */
  public byte[] encode() {
    return OpusIndexCodec.encode(this);
  }

  /** Reads {@link #encode()}'s form; anything else is corrupt. */
  public static Parsed<OpusPiece> decode(byte[] bytes) {
    return OpusIndexCodec.decode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpusPiece piece
        && stream.equals(piece.stream)
        && lengths.equals(piece.lengths)
        && Arrays.equals(offsets, piece.offsets)
        && Arrays.equals(sizes, piece.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return "%d packets in %d units of 2.5 ms, %s".formatted(count(), units(), stream.head());
  }

  /** Segments that a packet takes in a page. */
  int segments(int packet) {
    return sizes[packet] / 255 + 1;
  }

  /**
   * Reads a file to its end.
   *
   * @return corrupt if {@link OpusStream#read} finds it so, or if a packet is divided between
   *     pages, which encoders avoid by beginning a new page
   * @throws IOException only if the source fails
   */
  public static Parsed<OpusPiece> read(ByteSource source) throws IOException {
    return switch (OpusStream.read(source)) {
      case Parsed.Corrupt<OpusStream>(long at, String reason) -> Parsed.corrupt(at, reason);
      case Parsed.Good<OpusStream>(OpusStream stream) -> places(source, stream);
    };
  }

  private static PacketLengths lengths(OpusStream stream, int[] units) {
    int each = stream.packetSamples();
    return each > 0
        ? new PacketLengths.Equal(stream.packets(), each / UNIT_SAMPLES)
        : new PacketLengths.Mixed(units);
  }

  private static Parsed<OpusPiece> places(ByteSource source, OpusStream stream) throws IOException {
    Window window = new Window(source);
    long[] offsets = new long[stream.packets()];
    int[] sizes = new int[stream.packets()];
    int[] units = new int[stream.packets()];
    int packets = -HEADERS;
    long position = 0;
    OggPage page = OggPage.read(window, position);
    while (page != null && packets < sizes.length) {
      if (packets >= 0 && page.is(OggPage.CONTINUED)) {
        return Parsed.corrupt(position, "Opus packet " + packets + " is divided between pages");
      }
      long start = position + page.length() - page.body().size();
      long at = start;
      int size = 0;
      for (int i = 0; i < page.lacing().size(); i++) {
        size += page.lacing().at(i);
        if (page.lacing().at(i) < 255) {
          if (packets >= 0 && packets < sizes.length) {
            offsets[packets] = at;
            sizes[packets] = size;
            units[packets] =
                OpusPacket.samples(page.body(), (int) (at - start), size) / UNIT_SAMPLES;
          }
          packets++;
          at += size;
          size = 0;
        }
      }
      position += page.length();
      page = OggPage.read(window, position);
    }
    return packets == sizes.length && Arrays.stream(sizes).allMatch(size -> size > 0)
        ? Parsed.good(new OpusPiece(stream, lengths(stream, units), offsets, sizes))
        : Parsed.corrupt(position, "The Opus packets are not where they should be");
  }
}
