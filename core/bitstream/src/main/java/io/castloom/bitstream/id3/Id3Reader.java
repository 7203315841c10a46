package io.castloom.bitstream.id3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the tag at the start of a file. Frames that cannot be read (compressed, encrypted, broken)
 * are kept as {@link Id3Frame.Other}; only a broken structure is corrupt.
 */
public final class Id3Reader {
  /** The largest tag that is read; pictures of this size are no covers. */
  public static final int MAX_BYTES = 64 << 20;

  /** The most frames, those inside of chapters not counted. */
  static final int MAX_FRAMES = 10_000;

  private static final int HEADER = 10;
  private static final int NESTING = 2;

  private Id3Reader() {}

  /**
   * Reads the tag at byte 0.
   *
   * @return corrupt if there is none, or if it is larger than {@link #MAX_BYTES}, or of version
   *     2.2, or broken
   */
  public static Parsed<Id3Tag> read(ByteSource source) throws IOException {
    if (source.size() < HEADER) {
      return Parsed.corrupt(0, "The file has no ID3v2 tag");
    }
    byte[] header = source.read(0, HEADER);
    if (header[0] != 'I' || header[1] != 'D' || header[2] != '3') {
      return Parsed.corrupt(0, "The file has no ID3v2 tag");
    }
    int major = header[3];
    if (major != 3 && major != 4) {
      return Parsed.corrupt(3, "ID3v2." + major + " is not read, only 2.3 and 2.4");
    }
    int size = syncSafe(header, 6);
    if (size < 0 || size > MAX_BYTES || HEADER + (long) size > source.size()) {
      return Parsed.corrupt(6, "The ID3v2 tag is larger than the file or than 64 MiB");
    }
    byte[] body = source.read(HEADER, size);
    boolean unsynchronised = (header[5] & 0x80) != 0;
    if (unsynchronised && major == 3) {
      body = synchronise(body);
    }
    int at = (header[5] & 0x40) != 0 ? extendedHeader(body, major) : 0;
    if (at < 0 || at > body.length) {
      return Parsed.corrupt(HEADER, "The extended header of the ID3v2 tag is broken");
    }
    return Parsed.good(new Id3Tag(frames(body, at, body.length, major, unsynchronised, NESTING)));
  }

  private static int extendedHeader(byte[] body, int major) {
    if (body.length < 4) {
      return -1;
    }
    // 2.4 counts the size field itself, 2.3 does not
    return major == 4 ? syncSafe(body, 0) : plain(body, 0) < 0 ? -1 : plain(body, 0) + 4;
  }

  private static List<Id3Frame> frames(
      byte[] body, int from, int to, int major, boolean unsynchronised, int nesting) {
    List<Id3Frame> frames = new ArrayList<>();
    int at = from;
    while (at + HEADER <= to && frames.size() < MAX_FRAMES) {
      String id = new String(body, at, 4, ISO_8859_1);
      int size = Ids.isId(id) ? frameSize(body, at, to, major) : -1;
      if (size < 0) {
        break; // padding, or nothing that could be found again
      }
      int start = at + HEADER;
      frames.add(
          frame(id, body, start, start + size, major, body[at + 9], unsynchronised, nesting));
      at = start + size;
    }
    return frames;
  }

  /**
   * The size of a frame's content, or -1. Some writers of 2.4 write plain sizes: what leads to
   * another frame counts.
   */
  private static int frameSize(byte[] body, int at, int to, int major) {
    int plain = plain(body, at + 4);
    int size = major == 4 ? syncSafe(body, at + 4) : plain;
    if (major == 4 && size != plain && !leads(body, at + HEADER, size, to)) {
      size = leads(body, at + HEADER, plain, to) ? plain : size;
    }
    return size < 0 || size > to - at - HEADER ? -1 : size;
  }

  private static boolean leads(byte[] body, int start, int size, int to) {
    if (size < 0 || size > to - start) {
      return false;
    }
    int next = start + size;
    return next == to
        || body[next] == 0
        || (next + 4 <= to && Ids.isId(new String(body, next, 4, ISO_8859_1)));
  }

  private static Id3Frame frame(
      String id,
      byte[] body,
      int from,
      int to,
      int major,
      int flags,
      boolean unsynchronised,
      int nesting) {
    byte[] content = Arrays.copyOfRange(body, from, to);
    int unreadable = major == 4 ? 0x0c : 0xc0; // compressed or encrypted
    if ((flags & unreadable) != 0) {
      return new Id3Frame.Other(id, Bytes.adopt(content));
    }
    if (major == 4) {
      int skipped = ((flags & 0x40) != 0 ? 1 : 0) + ((flags & 0x01) != 0 ? 4 : 0);
      content = Arrays.copyOfRange(content, Math.min(skipped, content.length), content.length);
      if (unsynchronised || (flags & 0x02) != 0) {
        content = synchronise(content);
      }
    }
    return FrameContent.read(
        id,
        content,
        (at, bytes) ->
            nesting == 0
                ? List.of()
                : frames(bytes, at, bytes.length, major, unsynchronised, nesting - 1));
  }

  /** Takes out the zero that unsynchronisation put behind each 0xff. */
  private static byte[] synchronise(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      result[length++] = bytes[i];
      if (bytes[i] == -1 && i + 1 < bytes.length && bytes[i + 1] == 0) {
        i++;
      }
    }
    return Arrays.copyOf(result, length);
  }

  private static int plain(byte[] b, int at) {
    return (b[at] & 0xff) << 24
        | (b[at + 1] & 0xff) << 16
        | (b[at + 2] & 0xff) << 8
        | (b[at + 3] & 0xff);
  }

  /** Seven bits a byte; -1 if an eighth is set. */
  private static int syncSafe(byte[] b, int at) {
    boolean safe = (b[at] | b[at + 1] | b[at + 2] | b[at + 3]) >= 0;
    return safe ? b[at] << 21 | b[at + 1] << 14 | b[at + 2] << 7 | b[at + 3] : -1;
  }
}
