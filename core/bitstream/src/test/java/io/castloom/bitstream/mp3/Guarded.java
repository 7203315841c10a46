package io.castloom.bitstream.mp3;

import io.castloom.bitstream.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Rewrites a stream without reservoir into one with checksums, larger slots and as much reservoir
 * as fits: such files exist, but the encoder at hand does not make them.
 */
final class Guarded {
  private static final int SLOT = 11;

  private Guarded() {}

  static byte[] of(byte[] mp3) throws IOException {
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
    FrameIndex index = scan.index();
    int base = (int) scan.runs().getFirst().offset();
    FrameHeader header =
        new FrameHeader(FrameHeader.wordAt(mp3, base) & ~0x10000).withSlot(SLOT, false);
    int overhead = header.overheadBytes();
    int area = header.frameBytes() - overhead;
    byte[] stream = new byte[area * index.count()];
    int[] begins = new int[index.count()];
    int packed = 0;
    for (int frame = 0; frame < index.count(); frame++) {
      begins[frame] = Math.max(packed, area * frame - header.version().maxMainDataBegin());
      int at = base + (int) index.offset(frame) + index.overheadBytes(frame);
      System.arraycopy(mp3, at, stream, begins[frame], index.mainDataBytes(frame));
      packed = begins[frame] + index.mainDataBytes(frame);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int frame = 0; frame < index.count(); frame++) {
      int at = base + (int) index.offset(frame);
      byte[] bytes = new byte[header.frameBytes()];
      int mode = FrameHeader.wordAt(mp3, at) & 0xff;
      new FrameHeader((header.word() & ~0xff) | mode).writeTo(bytes, 0);
      System.arraycopy(mp3, at + 4, bytes, 6, header.sideInfoBytes());
      SideInfo.writeMainDataBegin(bytes, 6, header.version(), area * frame - begins[frame]);
      int crc = Crc.protection(bytes, header.sideInfoBytes());
      bytes[4] = (byte) (crc >>> 8);
      bytes[5] = (byte) crc;
      System.arraycopy(stream, area * frame, bytes, overhead, area);
      out.write(bytes);
    }
    byte[] audio = out.toByteArray();
    FrameIndex guarded = Mp3Scanner.scan(ByteSource.of(audio)).orThrow().index();
    out.reset();
    XingFrame.of(guarded.withGapless(index.gapless()), scan.tag()).writeTo(out);
    out.write(audio);
    return out.toByteArray();
  }
}
