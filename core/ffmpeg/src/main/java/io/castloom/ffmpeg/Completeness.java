package io.castloom.ffmpeg;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Compares what a file's own header says of its length with the bytes that are there. ffmpeg reads
 * a file that was cut off to its early end without complaint.
 *
 * <p>Sources: RIFF/WAVE 1991, EBU Tech 3306 (RF64), Sony Wave64 1.0, AIFF 1.3, ISO/IEC 14496-12
 * section 4.2 (boxes), RFC 8794 (EBML).
 */
final class Completeness {

  /** Writers that cannot seek back leave one of these instead of a length; so do live recorders. */
  private static final long UNKNOWN_FROM = 0x7fff_f000L;

  private static final byte[] SEGMENT = HexFormat.of().parseHex("18538067");
  private static final int MOST_CHUNKS = 10_000;

  private final RandomAccessFile file;
  private final long size;

  private Completeness(RandomAccessFile file) throws IOException {
    this.file = file;
    this.size = file.length();
  }

  /** The part of the file that is there, 0 to 1; 1 when its header does not say. */
  static double of(Path path, String container) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      Completeness reader = new Completeness(file);
      return switch (container) {
        case "wav" -> reader.wav();
        case "w64" -> reader.w64();
        case "aiff" -> reader.aiff();
        case "mov" -> reader.boxes();
        case "matroska" -> reader.matroska();
        case "mp3" -> reader.mp3();
        default -> 1;
      };
    }
  }

  private double wav() throws IOException {
    long at = 12;
    long large = -1;
    for (int i = 0; i < MOST_CHUNKS && at + 8 <= size; i++) {
      String id = ascii(at);
      long length = little(at + 4, 4);
      if (id.equals("ds64") && at + 24 <= size) {
        large = little(at + 16, 8);
      } else if (id.equals("data")) {
        if (length == 0xffff_ffffL && large > 0) {
          length = large;
        }
        return length == 0 || (length >= UNKNOWN_FROM && large <= 0) ? 1 : part(at + 8, length);
      }
      at += 8 + length + (length & 1);
    }
    return 1;
  }

  private double w64() throws IOException {
    long at = 40;
    for (int i = 0; i < MOST_CHUNKS && at + 24 <= size; i++) {
      long length = little(at + 16, 8);
      if (length < 24) {
        return 1;
      }
      if (ascii(at).equals("data")) {
        return part(at + 24, length - 24);
      }
      at += (length + 7) & ~7L;
    }
    return 1;
  }

  private double aiff() throws IOException {
    long at = 12;
    for (int i = 0; i < MOST_CHUNKS && at + 8 <= size; i++) {
      long length = big(at + 4, 4);
      if (ascii(at).equals("SSND")) {
        return length == 0 || length >= UNKNOWN_FROM ? 1 : part(at + 8, length);
      }
      at += 8 + length + (length & 1);
    }
    return 1;
  }

  private double boxes() throws IOException {
    long at = 0;
    for (int i = 0; i < MOST_CHUNKS && at + 16 <= size; i++) {
      long length = big(at, 4);
      if (length == 0) {
        return 1; // to the end of the file
      }
      if (length == 1) {
        length = big(at + 8, 8);
      }
      if (length < 8) {
        return 1;
      }
      if (at + length > size) {
        return part(at, length);
      }
      at += length;
    }
    return 1;
  }

  private double matroska() throws IOException {
    byte[] head = read(0, (int) Math.min(size, 4096));
    for (int i = 0; i + 12 <= head.length; i++) {
      if (Arrays.equals(head, i, i + 4, SEGMENT, 0, 4)) {
        int width = Integer.numberOfLeadingZeros(head[i + 4] & 0xff) - 24 + 1;
        if (width > 8) {
          return 1;
        }
        long value = big(i + 4, width) & ((1L << (7 * width)) - 1);
        boolean unknown = value == (1L << (7 * width)) - 1;
        return unknown ? 1 : part(i + 4 + width, value);
      }
    }
    return 1;
  }

  /** The Xing or Info frame of an encoder counts the bytes of the stream. */
  private double mp3() throws IOException {
    long start = 0;
    if (size > 10 && ascii(0).startsWith("ID3")) {
      byte[] head = read(0, 10);
      start =
          10 + ((head[6] & 127L) << 21 | (head[7] & 127) << 14 | (head[8] & 127) << 7 | head[9]);
    }
    if (start + 64 > size) {
      return 1;
    }
    byte[] frame = read(start, (int) Math.min(64, size - start));
    for (int at : new int[] {36, 21, 13}) {
      String mark = new String(frame, at, 4, StandardCharsets.ISO_8859_1);
      if (mark.equals("Xing") || mark.equals("Info")) {
        int flags = frame[at + 7];
        long declared = (flags & 3) == 3 ? big(start + at + 12, 4) : 0;
        return declared == 0 ? 1 : part(start, declared);
      }
    }
    return 1;
  }

  private double part(long from, long length) {
    // The pad byte of an odd last chunk is often left out.
    return length <= 0 || from + length <= size + 1
        ? 1
        : Math.max(0, size - from) / (double) length;
  }

  private String ascii(long at) throws IOException {
    return new String(read(at, 4), StandardCharsets.ISO_8859_1);
  }

  private long little(long at, int bytes) throws IOException {
    byte[] data = read(at, bytes);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (data[i] & 0xff);
    }
    return value;
  }

  private long big(long at, int bytes) throws IOException {
    long value = 0;
    for (byte b : read(at, bytes)) {
      value = value << 8 | (b & 0xff);
    }
    return value;
  }

  private byte[] read(long at, int bytes) throws IOException {
    byte[] data = new byte[bytes];
    file.seek(at);
    file.readFully(data);
    return data;
  }
}
