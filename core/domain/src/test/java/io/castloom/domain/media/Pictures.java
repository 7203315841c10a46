package io.castloom.domain.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Heads of pictures, which is all that rules look at. */
public final class Pictures {

  private Pictures() {}

  /** A PNG of this size, without its pixels. */
  public static byte[] png(int width, int height) {
    return ByteBuffer.allocate(33)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(new byte[] {'I', 'H', 'D', 'R'})
        .putInt(width)
        .putInt(height)
        .put(new byte[] {8, 2, 0, 0, 0})
        .array();
  }

  /** A JPEG of this size behind a preview that a camera put in, without its pixels. */
  public static byte[] jpeg(int width, int height, int colours) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
    segment(bytes, 0xe1, jpegFrame(160, 120, 3)); // APP1: what is in it is not this picture
    segment(bytes, 0xc4, new byte[20]); // a Huffman table, whose marker is near a frame's
    bytes.write(0xff); // filling
    bytes.writeBytes(jpegFrame(width, height, colours));
    return bytes.toByteArray();
  }

  private static byte[] jpegFrame(int width, int height, int colours) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer frame = ByteBuffer.allocate(6 + 3 * colours);
    frame.put((byte) 8).putShort((short) height).putShort((short) width).put((byte) colours);
    segment(bytes, 0xc2, frame.array());
    return bytes.toByteArray();
  }

  private static void segment(ByteArrayOutputStream bytes, int marker, byte[] content) {
    bytes.write(0xff);
    bytes.write(marker);
    bytes.write((content.length + 2) >> 8);
    bytes.write(content.length + 2);
    bytes.writeBytes(content);
  }
}
