package io.castloom.bitstream.mp3;

import io.castloom.bitstream.Parsed;
import java.util.Arrays;

/**
 * The frames of a splice-ready piece: audio frames alone, one after the other from offset 0,
 * without tags between them. From this alone a splice is planned, its tag computed and its
 * reservoir proved; about 14 bytes of memory a frame.
 *
 * <p>All frames share MPEG version, sample rate and number of channels. Immutable.
 */
public final class FrameIndex {
  private final FrameHeader first;
  private final Gapless gapless;
  private final int count;
  private final int[] packed;
  private final char[] crcs;
  private final long[] offsets;

  FrameIndex(FrameHeader first, Gapless gapless, int[] packed, char[] crcs, long[] offsets) {
    this.first = first;
    this.gapless = gapless;
    this.count = packed.length;
    this.packed = packed;
    this.crcs = crcs;
    this.offsets = offsets;
  }

  /** Number of frames, at least 1. */
  public int count() {
    return count;
  }

  /** The header of the first frame, for version, rate and mode. */
  public FrameHeader firstHeader() {
    return first;
  }

  /** The MPEG version of all frames. */
  public MpegVersion version() {
    return first.version();
  }

  /** Sample rate of all frames, in Hz. */
  public int rateHz() {
    return first.rateHz();
  }

  /** 1 or 2, for all frames. */
  public int channels() {
    return first.mode().channels();
  }

  /** Samples per channel in each frame. */
  public int samplesPerFrame() {
    return version().samplesPerFrame();
  }

  /** The encoder's delay and padding. */
  public Gapless gapless() {
    return gapless;
  }

  /** The same frames with another delay and padding. */
  public FrameIndex withGapless(Gapless other) {
    return new FrameIndex(first, other, packed, crcs, offsets);
  }

  /** Samples per channel after the encoder's delay and padding are taken away; never below 0. */
  public long soundSamples() {
    long all = (long) count * samplesPerFrame();
    return Math.max(0, all - gapless.delaySamples() - gapless.paddingSamples());
  }

  /** Length of all frames in bytes. */
  public long bytes() {
    return offsets[count];
  }

  /** Where a frame starts in the piece; for {@code frame == count()} the end of the piece. */
  public long offset(int frame) {
    return offsets[frame];
  }

  /** Length of a frame in bytes. */
  public int size(int frame) {
    return (int) (offsets[frame + 1] - offsets[frame]);
  }

  /** Bit rate of a frame, in kbit/s. */
  public int kbps(int frame) {
    return version().kbps(bitrateIndex(frame));
  }

  /** Whether all frames have the same bit rate. */
  public boolean isConstantBitrate() {
    for (int frame = 1; frame < count; frame++) {
      if (bitrateIndex(frame) != bitrateIndex(0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * How far the frame's main data begins before its own area, in bytes: its need of the reservoir.
   */
  public int mainDataBegin(int frame) {
    return Packed.mainDataBegin(packed[frame]);
  }

  /** Length of the frame's main data, rounded up to bytes. */
  public int mainDataBytes(int frame) {
    return Packed.mainDataBytes(packed[frame]);
  }

  /**
   * Whether the frame's data is more than eight tenths of what the largest slot holds. At a
   * variable bit rate LAME limits a frame from nine tenths on (less a little after the fitting), by
   * what is left in the reservoir; smaller frames do not depend on it.
   */
  public boolean isPressed(int frame) {
    return Packed.isPressed(packed[frame]);
  }

  /** Bytes of the frame after header, checksum and side info. */
  public int areaBytes(int frame) {
    return size(frame) - overheadBytes(frame);
  }

  /** Bytes of header, checksum and side info. */
  int overheadBytes(int frame) {
    return FrameHeader.BYTES + first.sideInfoBytes() + (Packed.hasCrc(packed[frame]) ? 2 : 0);
  }

  int packed(int frame) {
    return packed[frame];
  }

  private int bitrateIndex(int frame) {
    return Packed.bitrateIndex(packed[frame]);
  }

  /** The LAME checksum of the frames before this one. */
  int crcBefore(int frame) {
    return frame == 0 ? 0 : crcs[frame - 1];
  }

  /** The LAME music checksum of all frames. */
  public int musicCrc() {
    return crcBefore(count);
  }

  /**
   * The first frame whose area a frame's main data can begin in; the frame itself if it borrows
   * nothing.
   */
  public int reachBack(int frame) {
    int missing = mainDataBegin(frame);
    int from = frame;
    while (missing > 0 && from > 0) {
      from--;
      missing -= areaBytes(from);
    }
    return from;
  }

  /** Compact binary form: about 4 bytes a frame. */
  public byte[] encode() {
    return FrameIndexCodec.encode(this);
  }

  /** Reads {@link #encode()}'s form; anything else is corrupt. */
  public static Parsed<FrameIndex> decode(byte[] bytes) {
    return FrameIndexCodec.decode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FrameIndex index
        && first.equals(index.first)
        && gapless.equals(index.gapless)
        && Arrays.equals(packed, index.packed)
        && Arrays.equals(crcs, index.crcs);
  }

  @Override
  public int hashCode() {
    return 31 * count + musicCrc();
  }

  @Override
  public String toString() {
    return "%d frames, %d bytes, %d Hz %s".formatted(count, bytes(), rateHz(), first.mode());
  }
}
