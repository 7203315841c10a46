package io.castloom.bitstream.flac;

import io.castloom.bitstream.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The blocks before the frames of a file (RFC 9639, 8). */
final class FlacHead {
  private static final int LAST = 0x80;
  private static final int COMMENTS = 4;
  private static final int PICTURE = 6;

  private FlacHead() {}

  /**
   * The block sizes of the result: all but the last frame must have one size for frames to be
   * numbered.
   */
  static final class Blocks {
    private long samples;
    private int first;
    private int last;
    private int smallest = Integer.MAX_VALUE;
    private int largest;
    private boolean even = true;

    void add(int size) {
      even &= last == 0 || last == first;
      smallest = last == 0 ? smallest : Math.min(smallest, last);
      first = first == 0 ? size : first;
      last = size;
      largest = Math.max(largest, size);
      samples += size;
    }

    long samples() {
      return samples;
    }

    boolean isFixed() {
      return even && last <= first;
    }

    /** Without the last frame, as the format wants it, and never below its limit of 16. */
    int smallest() {
      return isFixed() ? largest : Math.max(16, Math.min(smallest, largest));
    }
  }

  /** What differs between a slice and the first one; for people. */
  static String mismatch(int slice, StreamInfo info, StreamInfo first) {
    return "Slice %d is %d Hz, %d channels, %d bits, the first is %d Hz, %d channels, %d bits"
        .formatted(
            slice,
            info.rateHz(),
            info.channels(),
            info.bits(),
            first.rateHz(),
            first.channels(),
            first.bits());
  }

  /**
   * Everything before the first frame.
   *
   * @param picture a JPEG or PNG as the cover, or empty for none
   */
  static byte[] of(StreamInfo info, Blocks blocks, List<String> comments, Bytes picture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
    block(out, 0, info.toArray(blocks.smallest(), Math.max(16, blocks.largest)));
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    text(texts, "castloom");
    little(texts, comments.size());
    comments.forEach(comment -> text(texts, comment));
    boolean plain = picture.size() == 0;
    block(out, plain ? LAST | COMMENTS : COMMENTS, texts.toByteArray());
    if (!plain) {
      block(out, LAST | PICTURE, FlacPicture.cover(picture).toArray());
    }
    return out.toByteArray();
  }

  private static void block(ByteArrayOutputStream out, int type, byte[] content) {
    if (content.length >= 1 << 24) {
      throw new IllegalArgumentException(
          "A block of more than 16 MiB does not fit into a FLAC file");
    }
    out.write(type);
    out.write(content.length >>> 16);
    out.write(content.length >>> 8);
    out.write(content.length);
    out.writeBytes(content);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    little(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void little(ByteArrayOutputStream out, int value) {
    for (int i = 0; i < 4; i++) {
      out.write(value >>> (8 * i));
    }
  }
}
