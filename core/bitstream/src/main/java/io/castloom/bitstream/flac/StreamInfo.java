package io.castloom.bitstream.flac;

import io.castloom.bitstream.Bytes;
import java.nio.ByteBuffer;

/**
 * What the stream info block says (RFC 9639, 8.2).
 *
 * @param rateHz 1 to 1048575
 * @param channels 1 to 8
 * @param bits per sample, 4 to 32
 * @param samples per channel; 0 if not known
 * @param md5 of the decoded samples, 16 bytes, all 0 if not known
 */
public record StreamInfo(int rateHz, int channels, int bits, long samples, Bytes md5) {
  /** The MD5 that says that none is known. */
  public static final Bytes NO_MD5 = Bytes.adopt(new byte[16]);

  static final int BYTES = 34;

  static StreamInfo read(byte[] block) {
    ByteBuffer b = ByteBuffer.wrap(block, 10, 8);
    long packed = b.getLong();
    return new StreamInfo(
        (int) (packed >>> 44),
        (int) (packed >>> 41 & 7) + 1,
        (int) (packed >>> 36 & 31) + 1,
        packed & 0xfffffffffL,
        Bytes.copyOf(block, 18, 16));
  }

  boolean isPossible() {
    return rateHz > 0 && bits >= 4;
  }

  boolean suits(StreamInfo other) {
    return rateHz == other.rateHz && channels == other.channels && bits == other.bits;
  }

  /** More than a frame of uncompressed samples takes. */
  long largestFrame(int blockSize) {
    return (long) blockSize * channels * (bits + 1) / 8 + 256;
  }

  byte[] toArray(int smallestBlock, int largestBlock) {
    ByteBuffer b = ByteBuffer.allocate(BYTES);
    b.putShort((short) smallestBlock).putShort((short) largestBlock).put(new byte[6]);
    b.putLong(
        (long) rateHz << 44
            | (long) (channels - 1) << 41
            | (long) (bits - 1) << 36
            | (samples & 0xfffffffffL));
    b.put(md5.toArray());
    return b.array();
  }
}
