package io.castloom.bitstream.mp3;

import io.castloom.bitstream.PieceReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is entered in its middle with the bit reservoir kept: the first frames are rewritten
 * as <em>bump frames</em>, in larger slots that hold what they had borrowed, with the bytes that
 * the next frame borrows right-aligned at their end. No time is added and no coefficient touched,
 * so the decoded sound stays the same. One frame is nearly always enough; for a large reservoir in
 * a high bit rate several are taken. Planned from the index alone.
 */
final class Entry {
  /** Frames that are rewritten at most. */
  private static final int MAX_REWRITTEN = 64;

  /** Bit rate indexes 1 to 14, and beyond them the largest with a padding byte. */
  private static final int LARGEST_SLOT = 15;

  private final FrameIndex index;
  private final int from;
  private final int copyFrom;
  private final List<Bump> bumps;

  /**
   * A frame's new slot, and where its area and its main data begin in the new stream of main data.
   */
  private record Bump(int slot, int areaStart, int areaBytes, int mainBegin) {}

  private Entry(FrameIndex index, int from, int copyFrom, List<Bump> bumps) {
    this.index = index;
    this.from = from;
    this.copyFrom = copyFrom;
    this.bumps = bumps;
  }

  /** The first frame that is copied as it is. */
  int copyFrom() {
    return copyFrom;
  }

  /**
   * Plans the entry at {@code from} for frames up to {@code to}.
   *
   * @return null if the frame's data does not fit into the largest slot, or if the stream is
   *     damaged there
   */
  static @Nullable Entry plan(FrameIndex index, int from, int to) {
    if (index.mainDataBegin(from) == 0) {
      return new Entry(index, from, from, List.of());
    }
    if (from == 0 || !isSound(index, from, to)) {
      return null;
    }
    int last = Math.min(to, from + MAX_REWRITTEN);
    for (int copyFrom = from + 1; copyFrom <= last; copyFrom++) {
      Entry entry = plan(index, from, copyFrom, to);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  private static @Nullable Entry plan(FrameIndex index, int from, int copyFrom, int to) {
    List<Bump> bumps = new ArrayList<>();
    int area = 0;
    int packed = 0;
    for (int frame = from; frame < copyFrom; frame++) {
      int begin = Math.max(packed, area - index.version().maxMainDataBegin());
      packed = begin + index.mainDataBytes(frame);
      boolean last = frame == copyFrom - 1;
      int borrowedByNext = last && copyFrom < to ? index.mainDataBegin(copyFrom) : 0;
      int slot = last ? slotFor(index, frame, packed + borrowedByNext - area) : LARGEST_SLOT;
      int areaBytes = slot == 0 ? 0 : areaBytes(index, frame, slot);
      if (slot == 0 || packed > area + areaBytes) {
        return null;
      }
      bumps.add(new Bump(slot, area, areaBytes, begin));
      area += areaBytes;
    }
    return new Entry(index, from, copyFrom, bumps);
  }

  /** The smallest slot with that much room, or 0. */
  private static int slotFor(FrameIndex index, int frame, int bytes) {
    for (int slot = 1; slot <= LARGEST_SLOT; slot++) {
      if (areaBytes(index, frame, slot) >= bytes) {
        return slot;
      }
    }
    return 0;
  }

  private static int areaBytes(FrameIndex index, int frame, int slot) {
    return index.version().frameBytes(Math.min(slot, 14), index.rateHz())
        + (slot == LARGEST_SLOT ? 1 : 0)
        - index.overheadBytes(frame);
  }

  /** Whether the frames that could be rewritten find their data where the stream has it. */
  private static boolean isSound(FrameIndex index, int from, int to) {
    int start = index.reachBack(from);
    int area = 0;
    int used = 0;
    for (int frame = start; frame < Math.min(to, from + MAX_REWRITTEN + 1); frame++) {
      int begin = area - index.mainDataBegin(frame);
      if (frame >= from && begin < used) {
        return false;
      }
      used = Math.max(used, begin + index.mainDataBytes(frame));
      area += index.areaBytes(frame);
      if (frame >= from && used > area) {
        return false;
      }
    }
    return true;
  }

  /** The rewritten frames, in order; reads them and the frames whose bytes they borrow. */
  List<byte[]> render(Piece piece, int to, PieceReader reader) throws IOException {
    if (bumps.isEmpty()) {
      return List.of();
    }
    FrameRun run = FrameRun.read(piece, index.reachBack(from), copyFrom, reader);
    int total = bumps.getLast().areaStart() + bumps.getLast().areaBytes();
    byte[] stream = new byte[total];
    for (int frame = from; frame < copyFrom; frame++) {
      System.arraycopy(
          run.main(),
          run.mainBegin(frame),
          stream,
          bumps.get(frame - from).mainBegin(),
          index.mainDataBytes(frame));
    }
    int window = copyFrom < to ? index.mainDataBegin(copyFrom) : 0;
    System.arraycopy(run.main(), run.areaStart(copyFrom) - window, stream, total - window, window);
    List<byte[]> frames = new ArrayList<>();
    for (int frame = from; frame < copyFrom; frame++) {
      frames.add(frame(run, frame, stream));
    }
    return frames;
  }

  private byte[] frame(FrameRun run, int frame, byte[] stream) {
    Bump bump = bumps.get(frame - from);
    byte[] overhead = run.overhead(frame);
    FrameHeader header =
        run.header(frame).withSlot(Math.min(bump.slot(), 14), bump.slot() == LARGEST_SLOT);
    byte[] bytes = new byte[header.frameBytes()];
    System.arraycopy(overhead, 0, bytes, 0, overhead.length);
    header.writeTo(bytes, 0);
    SideInfo.writeMainDataBegin(
        bytes,
        overhead.length - header.sideInfoBytes(),
        header.version(),
        bump.areaStart() - bump.mainBegin());
    if (header.hasCrc()) {
      int crc = Crc.protection(bytes, header.sideInfoBytes());
      bytes[4] = (byte) (crc >>> 8);
      bytes[5] = (byte) crc;
    }
    System.arraycopy(stream, bump.areaStart(), bytes, overhead.length, bump.areaBytes());
    return bytes;
  }
}
