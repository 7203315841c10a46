package io.castloom.bitstream.mp3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The two 16 bit checksums of MP3 files; both use the polynomial 0x8005, in opposite bit orders.
 */
final class Crc {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SLICES = 16;

  /** Reflected tables for sixteen bytes at a time, one after the other. */
  private static final char[] REFLECTED = reflectedTables();

  private Crc() {}

  /**
   * Continues a checksum of the LAME tag (start 0, reflected): of the music, and of the tag itself.
   */
  static int lame(int crc, byte[] bytes, int from, int to) {
    int value = crc;
    int at = from;
    for (; at + SLICES <= to; at += SLICES) {
      long low = (long) LONGS.get(bytes, at) ^ value;
      long high = (long) LONGS.get(bytes, at + 8);
      value =
          eight((int) low, (int) (low >>> 32), 0x800) ^ eight((int) high, (int) (high >>> 32), 0);
    }
    for (; at < to; at++) {
      value = value >>> 8 ^ REFLECTED[(value ^ bytes[at]) & 0xff];
    }
    return value;
  }

  /** The part of eight bytes in the checksum; the last one has the table at {@code table}. */
  private static int eight(int low, int high, int table) {
    return REFLECTED[table + 0x700 + (low & 0xff)]
        ^ REFLECTED[table + 0x600 + ((low >>> 8) & 0xff)]
        ^ REFLECTED[table + 0x500 + ((low >>> 16) & 0xff)]
        ^ REFLECTED[table + 0x400 + (low >>> 24)]
        ^ REFLECTED[table + 0x300 + (high & 0xff)]
        ^ REFLECTED[table + 0x200 + ((high >>> 8) & 0xff)]
        ^ REFLECTED[table + 0x100 + ((high >>> 16) & 0xff)]
        ^ REFLECTED[table + (high >>> 24)];
  }

  /**
   * The checksum of {@code frame}'s last two header bytes and side info, as its protection field
   * wants it.
   */
  static int protection(byte[] frame, int sideInfoBytes) {
    int value = step(step(0xffff, frame[2]), frame[3]);
    for (int i = 0; i < sideInfoBytes; i++) {
      value = step(value, frame[6 + i]);
    }
    return value;
  }

  private static int step(int crc, byte next) {
    int value = crc ^ (next & 0xff) << 8;
    for (int bit = 0; bit < 8; bit++) {
      value = (value & 0x8000) != 0 ? value << 1 ^ 0x8005 : value << 1;
    }
    return value & 0xffff;
  }

  /**
   * What a LAME checksum becomes when zeros follow: the linear map by which checksums of ranges are
   * put together. Column i is the image of bit i.
   */
  static char[] zeros(int count) {
    char[] map = new char[16];
    for (int bit = 0; bit < 16; bit++) {
      int value = 1 << bit;
      for (int i = 0; i < count; i++) {
        value = value >>> 8 ^ REFLECTED[value & 0xff];
      }
      map[bit] = (char) value;
    }
    return map;
  }

  static int apply(char[] map, int crc) {
    int value = 0;
    for (int bit = 0; bit < 16; bit++) {
      value ^= (crc >>> bit & 1) * map[bit];
    }
    return value;
  }

  private static char[] reflectedTables() {
    char[] tables = new char[SLICES << 8];
    for (int i = 0; i < 256; i++) {
      int value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? value >>> 1 ^ 0xa001 : value >>> 1;
      }
      tables[i] = (char) value;
    }
    for (int i = 256; i < tables.length; i++) {
      int before = tables[i - 256];
      tables[i] = (char) (before >>> 8 ^ tables[before & 0xff]);
    }
    return tables;
  }
}
