package io.castloom.bitstream.mp4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A box inside of a byte array: a range that was checked to lie inside of its parent. */
record Box(Block block, int from, int to) {
  /** The array, apart because records do not hold arrays. */
  static final class Block {
    private final byte[] bytes;

    Block(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  static Box of(byte[] bytes) {
    return new Box(new Block(bytes), 0, bytes.length);
  }

  int size() {
    return to - from;
  }

  /** Whether a range of the content is there. */
  boolean has(int at, int length) {
    return at >= 0 && length >= 0 && at <= size() - length;
  }

  int byteAt(int at) {
    return block.bytes[from + at] & 0xff;
  }

  int intAt(int at) {
    return byteAt(at) << 24 | byteAt(at + 1) << 16 | byteAt(at + 2) << 8 | byteAt(at + 3);
  }

  long unsignedAt(int at) {
    return intAt(at) & 0xffffffffL;
  }

  long longAt(int at) {
    return (long) intAt(at) << 32 | unsignedAt(at + 4);
  }

  String typeAt(int at) {
    return new String(block.bytes, from + at, 4, StandardCharsets.ISO_8859_1);
  }

  byte[] copy(int at, int length) {
    return Arrays.copyOfRange(block.bytes, from + at, from + at + length);
  }

  /**
   * The content of the first child of a type from an offset on; null if there is none, or the
   * children are broken before it.
   */
  @Nullable Box child(String type) {
    return next(type, 0);
  }

  /** The same after some bytes. */
  @Nullable Box next(String type, int start) {
    int at = start;
    while (has(at, 8)) {
      long length = unsignedAt(at);
      int header = 8;
      if (length == 1 && has(at, 16)) {
        length = longAt(at + 8);
        header = 16;
      } else if (length == 0) {
        length = (long) size() - at;
      }
      if (length < header || length > size() - at) {
        return null;
      }
      if (typeAt(at + 4).equals(type)) {
        return new Box(block, from + at + header, from + at + (int) length);
      }
      at += (int) length;
    }
    return null;
  }

  /** A descendant by its path; null if any step is missing. */
  @Nullable Box at(String... path) {
    Box box = this;
    for (String type : path) {
      Box child = box.child(type);
      if (child == null) {
        return null;
      }
      box = child;
    }
    return box;
  }
}
