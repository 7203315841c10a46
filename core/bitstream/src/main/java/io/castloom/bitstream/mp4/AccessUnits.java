package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import java.util.Arrays;

/**
 * The access units of a splice-ready piece: raw AAC, one after the other from offset 0, without
 * ADTS. Immutable.
 *
 * <p>A unit's sound overlaps with the one before it, so the first unit after a cut is right only
 * from its second half on.
 */
public final class AccessUnits {
  private final Bytes sampleEntry;
  private final int rateHz;
  private final int samplesPerUnit;
  private final int primingSamples;
  private final int paddingSamples;
  private final int[] sizes;
  private final long[] offsets;

  AccessUnits(
      Bytes sampleEntry,
      int rateHz,
      int samplesPerUnit,
      int primingSamples,
      int paddingSamples,
      int[] sizes) {
    this.sampleEntry = sampleEntry;
    this.rateHz = rateHz;
    this.samplesPerUnit = samplesPerUnit;
    this.primingSamples = primingSamples;
    this.paddingSamples = paddingSamples;
    this.sizes = sizes;
    this.offsets = new long[sizes.length + 1];
    for (int i = 0; i < sizes.length; i++) {
      offsets[i + 1] = offsets[i] + sizes[i];
    }
  }

  /** Number of units, at least 1. */
  public int count() {
    return sizes.length;
  }

  /** Ticks of the time scale per second, which is the sample rate of the core codec. */
  public int rateHz() {
    return rateHz;
  }

  /** Ticks in a unit: 1024, or 2048 with spectral band replication. */
  public int samplesPerUnit() {
    return samplesPerUnit;
  }

  /** Channels by the decoder's configuration (ISO/IEC 14496-3, 1.6.2.1); 0 if it does not say. */
  public int channels() {
    Bytes specific = SampleEntry.decoderConfiguration(sampleEntry);
    if (specific.size() < 2 || specific.at(0) >>> 3 == 31) {
      return 0;
    }
    boolean ownRate = ((specific.at(0) & 7) << 1 | specific.at(1) >>> 7) == 15;
    int code = ownRate ? 0 : specific.at(1) >>> 3 & 15;
    return code == 7 ? 8 : code > 7 ? 0 : code;
  }

  /** Samples at the start that are no sound. */
  public int primingSamples() {
    return primingSamples;
  }

  /** Samples at the end that are no sound. */
  public int paddingSamples() {
    return paddingSamples;
  }

  /** Samples of sound. */
  public long soundSamples() {
    return Math.max(0, (long) count() * samplesPerUnit - primingSamples - paddingSamples);
  }

  /** Length of a unit in bytes. */
  public int size(int unit) {
    return sizes[unit];
  }

  /** Where a unit starts in the piece; for {@code unit == count()} the end. */
  public long offset(int unit) {
    return offsets[unit];
  }

  /** Length of all units in bytes. */
  public long bytes() {
    return offsets[sizes.length];
  }

  /** The unit that holds a sample of the sound. */
  public int unitOfSample(long sample) {
    return Math.clamp((sample + primingSamples) / samplesPerUnit, 0, count() - 1);
  }

  /** The sample of the sound at which a unit starts; negative in the priming. */
  public long sampleOfUnit(int unit) {
    return (long) unit * samplesPerUnit - primingSamples;
  }

  /** The unit after the last with any sound. */
  public int soundEndUnit() {
    return Math.max(1, count() - paddingSamples / samplesPerUnit);
  }

  /** The entry of the sample description, with the decoder's configuration. */
  Bytes sampleEntry() {
    return sampleEntry;
  }

  int[] sizes(int from, int to) {
    return Arrays.copyOfRange(sizes, from, to);
  }

  /** Compact binary form: about 2 bytes a unit. */
  public byte[] encode() {
    return AccessUnitsCodec.encode(this);
  }

  /** Reads {@link #encode()}'s form; anything else is corrupt. */
  public static Parsed<AccessUnits> decode(byte[] bytes) {
    return AccessUnitsCodec.decode(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessUnits units
        && rateHz == units.rateHz
        && samplesPerUnit == units.samplesPerUnit
        && primingSamples == units.primingSamples
        && paddingSamples == units.paddingSamples
        && sampleEntry.equals(units.sampleEntry)
        && Arrays.equals(sizes, units.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return "%d units of %d samples at %d Hz, %d bytes"
        .formatted(count(), samplesPerUnit, rateHz, bytes());
  }
}
