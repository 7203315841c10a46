package io.castloom.bitstream.mp3;

import io.castloom.bitstream.Columns;
import io.castloom.bitstream.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The stored form of an index: {@code CLM1}, first header, delay and padding (2 bytes each), number
 * of frames, then deflated columns of packed frames (bytes by significance) and of checksums.
 * Integers are big-endian.
 */
final class FrameIndexCodec {
  private static final int MAGIC = 0x434c4d31;
  private static final int HEAD = 16;

  private FrameIndexCodec() {}

  static byte[] encode(FrameIndex index) {
    int count = index.count();
    byte[] columns = new byte[6 * count];
    for (int i = 0; i < count; i++) {
      int packed = index.packed(i);
      int crc = index.crcBefore(i + 1);
      columns[i] = (byte) (packed >>> 24);
      columns[count + i] = (byte) (packed >>> 16);
      columns[2 * count + i] = (byte) (packed >>> 8);
      columns[3 * count + i] = (byte) packed;
      columns[4 * count + i] = (byte) (crc >>> 8);
      columns[5 * count + i] = (byte) crc;
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(MAGIC).putInt(index.firstHeader().word());
    head.putShort((short) index.gapless().delaySamples());
    head.putShort((short) index.gapless().paddingSamples()).putInt(count);
    ByteArrayOutputStream out = new ByteArrayOutputStream(columns.length);
    out.writeBytes(head.array());
    Columns.deflate(columns, out);
    return out.toByteArray();
  }

  static Parsed<FrameIndex> decode(byte[] bytes) {
    if (bytes.length < HEAD) {
      return Parsed.corrupt(bytes.length, "A frame index has at least 16 bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int magic = head.getInt();
    int word = head.getInt();
    int delay = head.getShort();
    int padding = head.getShort();
    int count = head.getInt();
    if (magic != MAGIC) {
      return Parsed.corrupt(0, "This is no MP3 frame index of version 1");
    }
    if (!FrameHeader.isValid(word) || (delay | padding) >>> 12 != 0) {
      return Parsed.corrupt(4, "The frame index has an impossible header, delay or padding");
    }
    // each frame has a checksum, which hardly packs: more frames than this are a lie, and would
    // cost memory
    if (count < 1 || count > Mp3Scanner.MAX_FRAMES || count > 16L * bytes.length) {
      return Parsed.corrupt(12, "The frame index claims " + count + " frames");
    }
    byte[] columns = new byte[6 * count];
    if (!Columns.inflate(bytes, HEAD, columns)) {
      return Parsed.corrupt(HEAD, "The frame index ends early or is damaged");
    }
    return frames(new FrameHeader(word), new Gapless(delay, padding), count, columns);
  }

  private static Parsed<FrameIndex> frames(
      FrameHeader first, Gapless gapless, int count, byte[] columns) {
    FrameIndexBuilder builder = new FrameIndexBuilder(first);
    for (int i = 0; i < count; i++) {
      int packed =
          columns[i] << 24
              | (columns[count + i] & 0xff) << 16
              | (columns[2 * count + i] & 0xff) << 8
              | (columns[3 * count + i] & 0xff);
      if (!Packed.isPossible(packed, first.version())) {
        return Parsed.corrupt(HEAD, "Frame " + i + " of the index is impossible");
      }
      builder.add(packed, (columns[4 * count + i] & 0xff) << 8 | (columns[5 * count + i] & 0xff));
    }
    return Parsed.good(builder.build(gapless));
  }
}
