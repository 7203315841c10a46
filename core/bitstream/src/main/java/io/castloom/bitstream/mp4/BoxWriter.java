package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes nested boxes into memory. */
final class BoxWriter {
  private byte[] out = new byte[256];
  private int size;

  /** Tables have tens of thousands of numbers, so there is no stream in between. */
  private void room(int count) {
    if (size + count > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, size + count));
    }
  }

  /** A box with the content that is written inside of the block. */
  BoxWriter box(String type, Consumer<BoxWriter> content) {
    BoxWriter inner = new BoxWriter();
    content.accept(inner);
    int32(inner.size + 8L).type(type).room(inner.size);
    System.arraycopy(inner.out, 0, out, size, inner.size);
    size += inner.size;
    return this;
  }

  /** A box that starts with version and flags. */
  BoxWriter full(String type, int version, int flags, Consumer<BoxWriter> content) {
    return box(
        type,
        inner -> {
          inner.int32(version << 24 | flags);
          content.accept(inner);
        });
  }

  BoxWriter type(String type) {
    return bytes(type.getBytes(StandardCharsets.ISO_8859_1));
  }

  BoxWriter bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, out, size, bytes.length);
    size += bytes.length;
    return this;
  }

  BoxWriter int8(int value) {
    room(1);
    out[size++] = (byte) value;
    return this;
  }

  BoxWriter int16(int value) {
    return int8(value >>> 8).int8(value);
  }

  BoxWriter int32(long value) {
    room(4);
    out[size++] = (byte) (value >>> 24);
    out[size++] = (byte) (value >>> 16);
    out[size++] = (byte) (value >>> 8);
    out[size++] = (byte) value;
    return this;
  }

  BoxWriter int64(long value) {
    return int32(value >>> 32).int32(value);
  }

  BoxWriter zeros(int count) {
    return bytes(new byte[count]);
  }

  /** 64 bit in version 1, 32 bit in version 0. */
  BoxWriter sized(int version, long value) {
    return version == 1 ? int64(value) : int32(value);
  }

  int size() {
    return size;
  }

  Bytes toBytes() {
    return Bytes.adopt(Arrays.copyOf(out, size));
  }
}
