package io.castloom.bitstream.ogg;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.Window;
import java.io.IOException;
import java.util.Arrays;

/** An Opus file with the places of its packets, all of one length. Immutable. */
public final class OpusPiece {
  private static final int HEADERS = 2;

  private final OpusStream stream;
  private final long[] offsets;
  private final int[] sizes;

  OpusPiece(OpusStream stream, long[] offsets, int[] sizes) {
    this.stream = stream;
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
        && Arrays.equals(offsets, piece.offsets)
        && Arrays.equals(sizes, piece.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }

  @Override
  public String toString() {
    return "%d packets of %d samples, %s".formatted(count(), stream.packetSamples(), stream.head());
  }

  /** Segments that a packet takes in a page. */
  int segments(int packet) {
    return sizes[packet] / 255 + 1;
  }

  /**
   * Reads a file to its end.
   *
   * @return corrupt if {@link OpusStream#read} finds it so, if its packets differ in length, or one
   *     is divided between pages
   * @throws IOException only if the source fails
   */
  public static Parsed<OpusPiece> read(ByteSource source) throws IOException {
    return switch (OpusStream.read(source)) {
      case Parsed.Corrupt<OpusStream>(long at, String reason) -> Parsed.corrupt(at, reason);
      case Parsed.Good<OpusStream>(OpusStream stream) when stream.packetSamples() == 0 ->
          Parsed.corrupt(0, "The Opus packets differ in length");
      case Parsed.Good<OpusStream>(OpusStream stream) -> places(source, stream);
    };
  }

  private static Parsed<OpusPiece> places(ByteSource source, OpusStream stream) throws IOException {
    Window window = new Window(source);
    long[] offsets = new long[stream.packets()];
    int[] sizes = new int[stream.packets()];
    int packets = -HEADERS;
    long position = 0;
    OggPage page = OggPage.read(window, position);
    while (page != null && packets < sizes.length) {
      if (packets >= 0 && page.is(OggPage.CONTINUED)) {
        return Parsed.corrupt(position, "Opus packet " + packets + " is divided between pages");
      }
      long at = position + page.length() - page.body().size();
      int size = 0;
      for (int i = 0; i < page.lacing().size(); i++) {
        size += page.lacing().at(i);
        if (page.lacing().at(i) < 255) {
          if (packets >= 0 && packets < sizes.length) {
            offsets[packets] = at;
            sizes[packets] = size;
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
        ? Parsed.good(new OpusPiece(stream, offsets, sizes))
        : Parsed.corrupt(position, "The Opus packets are not where they should be");
  }
}
