package io.castloom.bitstream.ogg;

import java.util.Arrays;

/**
 * When the packets of a stream begin, in units of {@link OpusPacket#UNIT_SAMPLES}. Packets of one
 * stream may differ in length (RFC 7845, 4.1); most streams have one length only, and take no
 * memory for it.
 */
sealed interface PacketLengths {

  /** Where a packet begins, 0 to the number of packets: what would come after the last counts. */
  int start(int packet);

  /** The packet that a unit lies in, or the number of packets for all units behind the last. */
  int at(int unit);

  /** Samples at 48 kHz of a packet. */
  default int samples(int packet) {
    return (start(packet + 1) - start(packet)) * OpusPacket.UNIT_SAMPLES;
  }

  /** As many packets of one length, in units, 1 to 48. */
  record Equal(int count, int units) implements PacketLengths {
    @Override
    public int start(int packet) {
      return packet * units;
    }

    @Override
    public int at(int unit) {
      return Math.min(unit / units, count);
    }
  }

  /** Packets of lengths that differ. */
  final class Mixed implements PacketLengths {
    private final int[] starts;

    /**
     * @param units the length of each packet, 1 to 48
     */
    Mixed(int[] units) {
      starts = new int[units.length + 1];
      for (int i = 0; i < units.length; i++) {
        starts[i + 1] = Math.addExact(starts[i], units[i]);
      }
    }

    @Override
    public int start(int packet) {
      return starts[packet];
    }

    @Override
    public int at(int unit) {
      int found = Arrays.binarySearch(starts, unit);
      return Math.min(found < 0 ? -found - 2 : found, starts.length - 1);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Mixed mixed && Arrays.equals(starts, mixed.starts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(starts);
    }
  }
}
