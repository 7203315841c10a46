package io.castloom.bitstream.mp3;

import io.castloom.bitstream.Window;
import io.castloom.bitstream.mp3.Mp3Scan.Junk;
import io.castloom.bitstream.mp3.Mp3Scan.Junk.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Recognises the tags that stand around and between frames. */
final class Tags {
  private static final byte[] APE = "APETAGEX".getBytes(StandardCharsets.ISO_8859_1);

  private Tags() {}

  /** The tag that starts at a position, cut to the end of the file; null if none does. */
  static @Nullable Junk at(Window window, long position) throws IOException {
    int at = window.locate(position, 10);
    if (at < 0) {
      return null;
    }
    return switch (window.bytes()[at]) {
      case 'I' -> id3v2(window, position, at);
      case 'T' -> id3v1(window, position, at);
      case 'A' -> ape(window, position);
      default -> null;
    };
  }

  /**
   * ID3v2.4 structure, 3.1: version bytes below 0xff, four size bytes below 0x80; a footer is not
   * in the size.
   */
  private static @Nullable Junk id3v2(Window window, long position, int at) {
    byte[] b = window.bytes();
    if (b[at + 1] != 'D'
        || b[at + 2] != '3'
        || b[at + 3] == -1
        || b[at + 4] == -1
        || (b[at + 6] | b[at + 7] | b[at + 8] | b[at + 9]) < 0) {
      return null;
    }
    int size = b[at + 6] << 21 | b[at + 7] << 14 | b[at + 8] << 7 | b[at + 9];
    long whole = 10L + size + ((b[at + 5] & 0x10) != 0 ? 10 : 0);
    return new Junk(Kind.ID3V2, position, Math.min(whole, window.size() - position));
  }

  /**
   * Only at the very end of a file, or before another tag or frame where files were put together.
   */
  private static @Nullable Junk id3v1(Window window, long position, int at) {
    byte[] b = window.bytes();
    boolean named = b[at + 1] == 'A' && b[at + 2] == 'G';
    return named && position + 128 <= window.size() ? new Junk(Kind.ID3V1, position, 128) : null;
  }

  /** APE tags 2.000: header and footer look alike; the size has the footer but not the header. */
  private static @Nullable Junk ape(Window window, long position) throws IOException {
    int at = window.locate(position, 32);
    if (at < 0) {
      return null;
    }
    byte[] b = window.bytes();
    for (int i = 0; i < APE.length; i++) {
      if (b[at + i] != APE[i]) {
        return null;
      }
    }
    long size =
        (b[at + 12] & 0xffL)
            | (b[at + 13] & 0xffL) << 8
            | (b[at + 14] & 0xffL) << 16
            | (b[at + 15] & 0xffL) << 24;
    boolean isHeader = (b[at + 23] & 0x20) != 0;
    long whole = isHeader ? 32 + size : 32;
    return new Junk(Kind.APE, position, Math.min(whole, window.size() - position));
  }
}
