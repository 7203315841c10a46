package io.castloom.bitstream.mp4;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Columns;
import io.castloom.bitstream.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The stored form of access units: {@code CLA1}, rate, samples per unit, priming, padding, length
 * of the sample entry, number of units, the sample entry, then the sizes deflated as columns of
 * three bytes by significance. Integers have 4 bytes, big-endian.
 */
final class AccessUnitsCodec {
  private static final int MAGIC = 0x434c4131;
  private static final int HEAD = 28;

  private AccessUnitsCodec() {}

  static byte[] encode(AccessUnits units) {
    int count = units.count();
    byte[] columns = new byte[3 * count];
    for (int i = 0; i < count; i++) {
      columns[i] = (byte) (units.size(i) >>> 16);
      columns[count + i] = (byte) (units.size(i) >>> 8);
      columns[2 * count + i] = (byte) units.size(i);
    }
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(MAGIC).putInt(units.rateHz()).putInt(units.samplesPerUnit());
    head.putInt(units.primingSamples()).putInt(units.paddingSamples());
    head.putInt(units.sampleEntry().size()).putInt(count);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.array());
    out.writeBytes(units.sampleEntry().toArray());
    Columns.deflate(columns, out);
    return out.toByteArray();
  }

  static Parsed<AccessUnits> decode(byte[] bytes) {
    if (bytes.length < HEAD) {
      return Parsed.corrupt(bytes.length, "An index of access units has at least 28 bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int magic = head.getInt();
    int rateHz = head.getInt();
    int samplesPerUnit = head.getInt();
    int priming = head.getInt();
    int padding = head.getInt();
    int entry = head.getInt();
    int count = head.getInt();
    if (magic != MAGIC) {
      return Parsed.corrupt(0, "This is no index of access units of version 1");
    }
    if (!Mp4Reader.isPossible(rateHz, samplesPerUnit) || (priming | padding) < 0) {
      return Parsed.corrupt(4, "The index of access units has an impossible rate or delay");
    }
    // deflate packs at most about 1 to 1030: a larger count is a lie, and would only cost memory
    if (entry < 16
        || entry > bytes.length - HEAD
        || count < 1
        || count > Mp4Reader.MAX_UNITS
        || count > 400L * bytes.length) {
      return Parsed.corrupt(20, "The index of access units claims more than it can hold");
    }
    byte[] columns = new byte[3 * count];
    if (!Columns.inflate(bytes, HEAD + entry, columns)) {
      return Parsed.corrupt(HEAD + entry, "The index of access units ends early or is damaged");
    }
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] =
          (columns[i] & 0xff) << 16
              | (columns[count + i] & 0xff) << 8
              | (columns[2 * count + i] & 0xff);
    }
    return Parsed.good(
        new AccessUnits(
            Bytes.copyOf(bytes, HEAD, entry), rateHz, samplesPerUnit, priming, padding, sizes));
  }
}
