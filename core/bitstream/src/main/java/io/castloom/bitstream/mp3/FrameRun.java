package io.castloom.bitstream.mp3;

import io.castloom.bitstream.PieceReader;
import java.io.IOException;
import java.util.Arrays;

/** The bytes of some successive frames, with their main data as one stream. */
final class FrameRun {
  private final FrameIndex index;
  private final int from;
  private final byte[] bytes;
  private final byte[] main;
  private final int[] areaStarts;

  private FrameRun(FrameIndex index, int from, int to, byte[] bytes) {
    this.index = index;
    this.from = from;
    this.bytes = bytes;
    this.areaStarts = new int[to - from + 1];
    for (int frame = from; frame < to; frame++) {
      areaStarts[frame - from + 1] = areaStarts[frame - from] + index.areaBytes(frame);
    }
    this.main = new byte[areaStarts[to - from]];
    for (int frame = from; frame < to; frame++) {
      System.arraycopy(
          bytes,
          at(frame) + index.overheadBytes(frame),
          main,
          areaStart(frame),
          index.areaBytes(frame));
    }
  }

  /**
   * Reads frames with one request.
   *
   * @throws IOException if the reader fails, or if what it gives is not what the index says
   */
  static FrameRun read(Piece piece, int from, int to, PieceReader reader) throws IOException {
    FrameIndex index = piece.index();
    int length = Math.toIntExact(index.offset(to) - index.offset(from));
    byte[] bytes = reader.read(piece.name(), piece.position(from), length);
    for (int frame = from; frame < to; frame++) {
      int at = (int) (index.offset(frame) - index.offset(from));
      int word = FrameHeader.wordAt(bytes, at);
      if (!FrameHeader.isValid(word)
          || Packed.of(bytes, at, new FrameHeader(word)) != index.packed(frame)) {
        throw new IOException(
            "Frame %d of piece %s is not what its index says: the piece was changed or damaged"
                .formatted(frame, piece.name()));
      }
    }
    return new FrameRun(index, from, to, bytes);
  }

  private int at(int frame) {
    return (int) (index.offset(frame) - index.offset(from));
  }

  FrameHeader header(int frame) {
    return new FrameHeader(FrameHeader.wordAt(bytes, at(frame)));
  }

  /** A copy of header, checksum and side info. */
  byte[] overhead(int frame) {
    return Arrays.copyOfRange(bytes, at(frame), at(frame) + index.overheadBytes(frame));
  }

  byte[] sideInfo(int frame) {
    int end = at(frame) + index.overheadBytes(frame);
    return Arrays.copyOfRange(bytes, end - index.firstHeader().sideInfoBytes(), end);
  }

  int mainDataBits(int frame) {
    return SideInfo.mainDataBits(sideInfo(frame), 0, index.version(), index.channels() == 1);
  }

  /**
   * Where a frame's area starts in the stream of main data; for the frame after the last, its end.
   */
  int areaStart(int frame) {
    return areaStarts[frame - from];
  }

  /** Where a frame's main data begins in the stream; negative if it begins before what was read. */
  int mainBegin(int frame) {
    return areaStart(frame) - index.mainDataBegin(frame);
  }

  byte[] main() {
    return main;
  }
}
