package io.castloom.bitstream.flac;

import io.castloom.bitstream.Columns;
import io.castloom.bitstream.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The stored form of a stream's frames: {@code CLF1}, the stream info block (34 bytes), how frames
 * are numbered (1 byte, 1 by samples), the first one's number and offset (8 bytes each), number of
 * frames (4), then the sizes as columns of three bytes by significance and the block sizes of two,
 * deflated. Integers are big-endian.
 */
final class FlacIndexCodec {
  private static final int MAGIC = 0x434c4631;
  private static final int HEAD = 4 + StreamInfo.BYTES + 1 + 8 + 8 + 4;
  private static final int SIZE_BYTES = 3;
  private static final int BLOCK_BYTES = 2;

  private FlacIndexCodec() {}

  static byte[] encode(FlacStream stream) {
    int count = stream.count();
    int[] sizes = new int[count];
    int[] blocks = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = stream.size(i);
      blocks[i] = stream.blockSize(i) - 1;
    }
    byte[] columns = new byte[(SIZE_BYTES + BLOCK_BYTES) * count];
    Columns.spread(sizes, SIZE_BYTES, columns, 0);
    Columns.spread(blocks, BLOCK_BYTES, columns, SIZE_BYTES * count);
    int largest = Arrays.stream(blocks).max().orElseThrow() + 1;
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(MAGIC).put(stream.info().toArray(largest, largest));
    head.put((byte) (stream.numbers().variable() ? 1 : 0)).putLong(stream.numbers().first());
    head.putLong(stream.offset(0)).putInt(count);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.array());
    Columns.deflate(columns, out);
    return out.toByteArray();
  }

  static Parsed<FlacStream> decode(byte[] bytes) {
    if (bytes.length < HEAD) {
      return Parsed.corrupt(bytes.length, "An index of FLAC frames has at least 59 bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int magic = head.getInt();
    byte[] block = new byte[StreamInfo.BYTES];
    head.get(block);
    StreamInfo info = StreamInfo.read(block);
    int variable = head.get();
    long first = head.getLong();
    long offset = head.getLong();
    int count = head.getInt();
    if (magic != MAGIC) {
      return Parsed.corrupt(0, "This is no index of FLAC frames of version 1");
    }
    if (!info.isPossible() || (variable | 1) != 1 || first >>> 36 != 0 || offset >>> 40 != 0) {
      return Parsed.corrupt(4, "The index of FLAC frames has an impossible head");
    }
    // deflate packs at most about 1 to 1030: a larger count is a lie, and would only cost memory
    if (count < 1 || count > FlacStream.MAX_FRAMES || count > 200L * bytes.length) {
      return Parsed.corrupt(HEAD - 4, "The index of FLAC frames claims " + count + " frames");
    }
    byte[] columns = new byte[(SIZE_BYTES + BLOCK_BYTES) * count];
    if (!Columns.inflate(bytes, HEAD, columns)) {
      return Parsed.corrupt(HEAD, "The index of FLAC frames ends early or is damaged");
    }
    int[] sizes = Columns.gather(columns, 0, SIZE_BYTES, count);
    int[] blocks = Columns.gather(columns, SIZE_BYTES * count, BLOCK_BYTES, count);
    long[] offsets = new long[count + 1];
    offsets[0] = offset;
    for (int i = 0; i < count; i++) {
      blocks[i]++;
      if (sizes[i] < FlacHeader.SMALLEST_FRAME) {
        return Parsed.corrupt(HEAD, "Frame " + i + " of the index is impossible");
      }
      offsets[i + 1] = offsets[i] + sizes[i];
    }
    return Parsed.good(
        new FlacStream(info, offsets, blocks, new FlacStream.Numbers(variable == 1, first)));
  }
}
