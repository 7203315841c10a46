package io.castloom.bitstream.flac;

import io.castloom.bitstream.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A picture block (RFC 9639, 8.8); Opus comments carry the same bytes in Base64. */
public final class FlacPicture {
  private static final int FRONT_COVER = 3;
  private static final int NUMBERS = 8;

  private FlacPicture() {}

  /** The block of a JPEG or PNG that is the front cover; its size in pixels is left open. */
  public static Bytes cover(Bytes picture) {
    boolean png = picture.size() > 0 && picture.at(0) == 0x89;
    byte[] type = (png ? "image/png" : "image/jpeg").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer block = ByteBuffer.allocate(4 * NUMBERS + type.length + picture.size());
    block.putInt(FRONT_COVER).putInt(type.length).put(type).putInt(0);
    block.putInt(0).putInt(0).putInt(0).putInt(0); // width, height, depth, colours: not told
    block.putInt(picture.size()).put(picture.toArray());
    return Bytes.adopt(block.array());
  }
}
