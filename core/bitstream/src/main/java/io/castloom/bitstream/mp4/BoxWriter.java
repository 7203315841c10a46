package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes nested boxes into memory. */
final class BoxWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A box with the content that is written inside of the block. */
  BoxWriter box(String type, Consumer<BoxWriter> content) {
    BoxWriter inner = new BoxWriter();
    content.accept(inner);
    return int32(inner.out.size() + 8).type(type).bytes(inner.out.toByteArray());
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
    out.writeBytes(bytes);
    return this;
  }

  BoxWriter int8(int value) {
    out.write(value);
    return this;
  }

  BoxWriter int16(int value) {
    return int8(value >>> 8).int8(value);
  }

  BoxWriter int32(long value) {
    return int16((int) (value >>> 16)).int16((int) value);
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
    return out.size();
  }

  Bytes toBytes() {
    return Bytes.adopt(out.toByteArray());
  }
}
