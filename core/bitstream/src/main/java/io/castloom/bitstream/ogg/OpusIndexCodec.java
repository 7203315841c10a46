package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Columns;
import io.castloom.bitstream.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a piece's packets: {@code CLO1}, lengths of the two header packets, samples of
 * a packet (0 if they differ), trimmed samples (8 bytes), number of packets, the header packets,
 * then deflated columns by significance: sizes of three bytes, and of four the bytes that stand
 * between a packet and the one before it (before the first one, all that comes before it); if
 * packets differ in length, also a column of their lengths in units of 120 samples. Integers have 4
 * bytes, big-endian.
 */
final class OpusIndexCodec {
  private static final int MAGIC = 0x434c4f31;
  private static final int HEAD = 28;
  private static final int SIZE_BYTES = 3;
  private static final int GAP_BYTES = 4;
  private static final int PLACE_BYTES = SIZE_BYTES + GAP_BYTES;
  private static final int MAX_UNITS = OpusPacket.MAX_SAMPLES / OpusPacket.UNIT_SAMPLES;

  /** A week of packets of 20 ms; of the longest ones together less than 2^31 units. */
  private static final int MAX_PACKETS = 1 << 25;

  private OpusIndexCodec() {}

  static byte[] encode(OpusPiece piece) {
    OpusStream stream = piece.stream();
    int count = piece.count();
    int[] sizes = new int[count];
    int[] gaps = new int[count];
    long end = 0;
    for (int i = 0; i < count; i++) {
      sizes[i] = piece.size(i);
      gaps[i] = Math.toIntExact(piece.offset(i) - end);
      end = piece.offset(i) + piece.size(i);
    }
    byte[] columns = new byte[width(stream.packetSamples()) * count];
    Columns.spread(sizes, SIZE_BYTES, columns, 0);
    Columns.spread(gaps, GAP_BYTES, columns, SIZE_BYTES * count);
    if (stream.packetSamples() == 0) {
      for (int i = 0; i < count; i++) {
        columns[PLACE_BYTES * count + i] = (byte) (piece.samples(i) / OpusPacket.UNIT_SAMPLES);
      }
    }
    byte[] opusHead = stream.head().toArray();
    byte[] tags = stream.tags().toArray();
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(MAGIC).putInt(opusHead.length).putInt(tags.length);
    head.putInt(stream.packetSamples()).putLong(stream.trimmedSamples()).putInt(count);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.array());
    out.writeBytes(opusHead);
    out.writeBytes(tags);
    Columns.deflate(columns, out);
    return out.toByteArray();
  }

  static Parsed<OpusPiece> decode(byte[] bytes) {
    if (bytes.length < HEAD) {
      return Parsed.corrupt(bytes.length, "An index of Opus packets has at least 28 bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int magic = head.getInt();
    int headBytes = head.getInt();
    int tagBytes = head.getInt();
    int each = head.getInt();
    long trimmed = head.getLong();
    int count = head.getInt();
    if (magic != MAGIC) {
      return Parsed.corrupt(0, "This is no index of Opus packets of version 1");
    }
    int rest = bytes.length - HEAD;
    if (headBytes < 0 || headBytes > rest || tagBytes < 0 || tagBytes > rest - headBytes) {
      return Parsed.corrupt(4, "The index of Opus packets ends in its headers");
    }
    // deflate packs at most about 1 to 1030: a larger count is a lie, and would only cost memory
    if (count < 1 || count > MAX_PACKETS || count > 140L * bytes.length) {
      return Parsed.corrupt(24, "The index of Opus packets claims " + count + " packets");
    }
    if (each < 0 || each > OpusPacket.MAX_SAMPLES || each % OpusPacket.UNIT_SAMPLES != 0) {
      return Parsed.corrupt(12, "The index of Opus packets has an impossible length");
    }
    Parsed<OpusHead> opusHead = OpusHead.read(Bytes.copyOf(bytes, HEAD, headBytes));
    Parsed<OpusTags> tags = OpusTags.read(Bytes.copyOf(bytes, HEAD + headBytes, tagBytes));
    byte[] columns = new byte[width(each) * count];
    if (!(opusHead instanceof Parsed.Good<OpusHead>(OpusHead first))
        || !(tags instanceof Parsed.Good<OpusTags>(OpusTags comments))
        || !Columns.inflate(bytes, HEAD + headBytes + tagBytes, columns)) {
      return Parsed.corrupt(HEAD, "The index of Opus packets is damaged");
    }
    PacketLengths lengths = lengths(each, count, columns);
    long total = lengths == null ? -1 : (long) lengths.start(count) * OpusPacket.UNIT_SAMPLES;
    if (lengths == null || trimmed < 0 || trimmed > total) {
      return Parsed.corrupt(12, "The index of Opus packets has an impossible length");
    }
    OpusStream stream = new OpusStream(first, comments, count, each, total, trimmed);
    return places(stream, lengths, columns);
  }

  /** Bytes of a packet's columns. */
  private static int width(int each) {
    return each == 0 ? PLACE_BYTES + 1 : PLACE_BYTES;
  }

  private static @Nullable PacketLengths lengths(int each, int count, byte[] columns) {
    if (each > 0) {
      return new PacketLengths.Equal(count, each / OpusPacket.UNIT_SAMPLES);
    }
    int[] units = Columns.gather(columns, PLACE_BYTES * count, 1, count);
    boolean possible = Arrays.stream(units).allMatch(length -> length > 0 && length <= MAX_UNITS);
    return possible ? new PacketLengths.Mixed(units) : null;
  }

  private static Parsed<OpusPiece> places(
      OpusStream stream, PacketLengths lengths, byte[] columns) {
    int count = stream.packets();
    int[] sizes = Columns.gather(columns, 0, SIZE_BYTES, count);
    int[] gaps = Columns.gather(columns, SIZE_BYTES * count, GAP_BYTES, count);
    long[] offsets = new long[count];
    long end = 0;
    for (int i = 0; i < count; i++) {
      if (sizes[i] < 1 || gaps[i] < 0) {
        return Parsed.corrupt(HEAD, "Packet " + i + " of the index is impossible");
      }
      offsets[i] = end + gaps[i];
      end = offsets[i] + sizes[i];
    }
    return Parsed.good(new OpusPiece(stream, lengths, offsets, sizes));
  }
}
