package io.castloom.bitstream.mp3;

import io.castloom.bitstream.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The tag in a file's first frame, as Xing introduced and LAME extended it.
 *
 * @param variable {@code Xing} (variable bit rate) rather than {@code Info}
 * @param frames audio frames, without the tag's own; -1 if not said
 * @param bytes length from the tag's frame to the end of the audio; -1 if not said
 * @param toc 100 positions in 256ths of the length, one a percent of the time; empty if not said
 * @param quality 0 to 100; -1 if not said
 * @param lame LAME's 36 bytes after these; empty if absent
 */
public record XingTag(
    boolean variable, long frames, long bytes, Bytes toc, int quality, Bytes lame) {
  static final int TOC_BYTES = 100;
  static final int LAME_BYTES = 36;

  private static final int XING = 0x58696e67;
  private static final int INFO = 0x496e666f;

  /** Checks the sizes of the two byte fields. */
  public XingTag {
    if ((toc.size() != 0 && toc.size() != TOC_BYTES)
        || (lame.size() != 0 && lame.size() != LAME_BYTES)) {
      throw new IllegalArgumentException(
          "A tag has a table of 0 or 100 bytes and a LAME part of 0 or 36 bytes");
    }
  }

  /** The encoder's name, at most 9 characters, for example {@code LAME3.100}; empty if absent. */
  public String encoder() {
    return lame.size() == 0
        ? ""
        : new String(lame.slice(0, 9).toArray(), StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
  }

  /** Delay and padding, or nothing if the tag has no LAME part. */
  public Gapless gapless() {
    return lame.size() == 0
        ? Gapless.NONE
        : new Gapless(lame.at(21) << 4 | lame.at(22) >>> 4, (lame.at(22) & 15) << 8 | lame.at(23));
  }

  /** The checksum of the music that follows, or -1. */
  public int musicCrc() {
    return lame.size() == 0 ? -1 : lame.at(32) << 8 | lame.at(33);
  }

  /** The checksum of the tag's frame up to here, or -1. */
  public int tagCrc() {
    return lame.size() == 0 ? -1 : lame.at(34) << 8 | lame.at(35);
  }

  /**
   * Reads the tag of a frame.
   *
   * @param bytes holds the whole frame at {@code at}
   * @return null if the frame is an audio frame
   */
  static @Nullable XingTag read(byte[] bytes, int at, FrameHeader header) {
    int end = at + header.frameBytes();
    int pos = tagAt(bytes, at, header);
    if (pos < 0) {
      return null;
    }
    boolean variable = FrameHeader.wordAt(bytes, pos) == XING;
    int flags = FrameHeader.wordAt(bytes, pos + 4);
    pos += 8;
    long frames = -1;
    long length = -1;
    Bytes toc = Bytes.EMPTY;
    int quality = -1;
    if ((flags & 1) != 0 && pos + 4 <= end) {
      frames = FrameHeader.wordAt(bytes, pos) & 0xffffffffL;
      pos += 4;
    }
    if ((flags & 2) != 0 && pos + 4 <= end) {
      length = FrameHeader.wordAt(bytes, pos) & 0xffffffffL;
      pos += 4;
    }
    if ((flags & 4) != 0 && pos + TOC_BYTES <= end) {
      toc = Bytes.copyOf(bytes, pos, TOC_BYTES);
      pos += TOC_BYTES;
    }
    if ((flags & 8) != 0 && pos + 4 <= end) {
      quality = FrameHeader.wordAt(bytes, pos);
      pos += 4;
    }
    boolean hasLame = pos + LAME_BYTES <= end && bytes[pos] != 0;
    Bytes lame = hasLame ? Bytes.copyOf(bytes, pos, LAME_BYTES) : Bytes.EMPTY;
    return new XingTag(variable, frames, length, toc, quality, lame);
  }

  /**
   * Where the tag's name stands, or -1. Some writers leave no room for a checksum that the header
   * announces.
   */
  private static int tagAt(byte[] bytes, int at, FrameHeader header) {
    int end = at + header.frameBytes();
    for (int pos = at + FrameHeader.BYTES + header.sideInfoBytes(), tries = 0;
        tries < 2;
        tries++, pos += 2) {
      if (pos + 8 > end) {
        return -1;
      }
      int name = FrameHeader.wordAt(bytes, pos);
      if (name == XING || name == INFO) {
        return pos;
      }
    }
    return -1;
  }

  void writeTo(byte[] frame, int at) {
    putInt(frame, at, variable ? XING : INFO);
    putInt(frame, at + 4, 15);
    putInt(frame, at + 8, (int) frames);
    putInt(frame, at + 12, (int) bytes);
    toc.copyInto(frame, at + 16);
    putInt(frame, at + 116, quality);
    lame.copyInto(frame, at + 120);
  }

  static void putInt(byte[] target, int at, int value) {
    target[at] = (byte) (value >>> 24);
    target[at + 1] = (byte) (value >>> 16);
    target[at + 2] = (byte) (value >>> 8);
    target[at + 3] = (byte) value;
  }
}
