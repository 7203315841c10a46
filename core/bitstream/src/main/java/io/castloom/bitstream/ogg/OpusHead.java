package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;

/**
 * The identification header of an Opus stream (RFC 7845, 5.1).
 *
 * @param channels 1 to 255
 * @param preSkip samples at 48 kHz that a decoder throws away at the start
 * @param inputRateHz sample rate of the original, for information; 0 if not known
 * @param gain output gain in 256ths of a decibel
 * @param mapping mapping family and, unless it is 0, its table
 */
public record OpusHead(int channels, int preSkip, int inputRateHz, int gain, Bytes mapping) {
  private static final int FIXED = 18;

  /** The mapping family: 0 for one channel or two, of speakers as in RFC 7845, 5.1.1. */
  public int family() {
    return mapping.at(0);
  }

  static Parsed<OpusHead> read(Bytes packet) {
    byte[] b = packet.toArray();
    if (b.length < FIXED + 1 || !starts(packet, "OpusHead") || (b[8] & 0xf0) != 0 || b[9] == 0) {
      return Parsed.corrupt(0, "The stream does not start with an Opus header of version 1");
    }
    int family = b[FIXED] & 0xff;
    int channels = b[9] & 0xff;
    if (family == 0 ? channels > 2 : b.length < FIXED + 3 + channels) {
      return Parsed.corrupt(9, "The Opus header's channels do not fit its mapping");
    }
    return Parsed.good(
        new OpusHead(
            channels,
            (b[10] & 0xff) | (b[11] & 0xff) << 8,
            OggPage.little(b, 12),
            (short) ((b[16] & 0xff) | b[17] << 8),
            packet.slice(FIXED, family == 0 ? FIXED + 1 : FIXED + 3 + channels)));
  }

  static boolean starts(Bytes packet, String name) {
    return packet.size() >= name.length()
        && packet.slice(0, name.length()).equals(Bytes.latin1(name));
  }

  /** Whether packets of the other stream decode the same under this header. */
  boolean suits(OpusHead other) {
    return channels == other.channels && gain == other.gain && mapping.equals(other.mapping);
  }

  byte[] toArray() {
    byte[] b = new byte[FIXED + mapping.size()];
    Bytes.latin1("OpusHead").copyInto(b, 0);
    b[8] = 1;
    b[9] = (byte) channels;
    b[10] = (byte) preSkip;
    b[11] = (byte) (preSkip >>> 8);
    OggPage.putLittle(b, 12, inputRateHz);
    b[16] = (byte) gain;
    b[17] = (byte) (gain >>> 8);
    mapping.copyInto(b, FIXED);
    return b;
  }
}
