package io.castloom.bitstream.mp3;

/**
 * The 32 bits at the start of a layer III frame (ISO/IEC 11172-3, 2.4.1.3).
 *
 * <p>Free-format streams (bit rate index 0) are not valid here: no podcast encoder makes them.
 *
 * @param word the header, most significant bit first
 */
public record FrameHeader(int word) {
  /** Bytes of a header. */
  public static final int BYTES = 4;

  /** The longest frame: MPEG-1 at 320 kbit/s and 32 kHz, padded. */
  public static final int MAX_FRAME_BYTES = 1441;

  /** Bits that stay equal within a stream: sync, version, layer and sample rate. */
  private static final int STREAM_MASK = 0xfffe0c00;

  /** Checks that the word is a header. */
  public FrameHeader {
    if (!isValid(word)) {
      throw new IllegalArgumentException("0x%08x is not a layer III frame header".formatted(word));
    }
  }

  /** Whether a word is the header of a layer III frame whose length is known. */
  public static boolean isValid(int word) {
    return (word & 0xffe00000) == 0xffe00000 // sync
        && (word & 0x00180000) != 0x00080000 // version 1 is reserved
        && (word & 0x00060000) == 0x00020000 // layer III
        && (word & 0x0000f000) != 0x0000f000
        && (word & 0x0000f000) != 0 // free format
        && (word & 0x00000c00) != 0x00000c00
        && (word & 0x00000003) != 2; // emphasis 2 is reserved
  }

  /** The word at an index; the caller sees to it that four bytes are there. */
  static int wordAt(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** Whether two valid headers can belong to one stream: version, rate, and mono or not. */
  static boolean sameStream(int a, int b) {
    return ((a ^ b) & STREAM_MASK) == 0 && isMono(a) == isMono(b);
  }

  private static boolean isMono(int word) {
    return (word & 0xc0) == 0xc0;
  }

  /** The MPEG version. */
  public MpegVersion version() {
    return MpegVersion.ofHeaderBits(word >>> 19 & 3);
  }

  /** Whether a 16 bit checksum follows the header. */
  public boolean hasCrc() {
    return (word & 0x10000) == 0;
  }

  /** 1 to 14. */
  public int bitrateIndex() {
    return word >>> 12 & 15;
  }

  /** Bit rate in kbit/s. */
  public int kbps() {
    return version().kbps(bitrateIndex());
  }

  /** Sample rate in Hz. */
  public int rateHz() {
    return version().rateHz(word >>> 10 & 3);
  }

  /** Whether the frame is one byte longer. */
  public boolean isPadded() {
    return (word & 0x200) != 0;
  }

  /** The channel mode. */
  public ChannelMode mode() {
    return ChannelMode.ofHeaderBits(word >>> 6 & 3);
  }

  /** Length of the whole frame in bytes. */
  public int frameBytes() {
    return version().frameBytes(bitrateIndex(), rateHz()) + (isPadded() ? 1 : 0);
  }

  /** Length of the side info in bytes: 32, 17 or 9. */
  public int sideInfoBytes() {
    boolean mono = isMono(word);
    return version() == MpegVersion.MPEG1 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  }

  /** Bytes before the main data area: header, checksum if any, side info. */
  public int overheadBytes() {
    return BYTES + (hasCrc() ? 2 : 0) + sideInfoBytes();
  }

  /** The same header with another slot. */
  FrameHeader withSlot(int bitrateIndex, boolean padded) {
    return new FrameHeader((word & ~0xf200) | bitrateIndex << 12 | (padded ? 0x200 : 0));
  }

  /** The same header without a checksum. */
  FrameHeader withoutCrc() {
    return new FrameHeader(word | 0x10000);
  }

  void writeTo(byte[] target, int at) {
    target[at] = (byte) (word >>> 24);
    target[at + 1] = (byte) (word >>> 16);
    target[at + 2] = (byte) (word >>> 8);
    target[at + 3] = (byte) word;
  }
}
