package io.castloom.bitstream.id3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.bitstream.Bytes;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of one frame, with a position that never leaves it. */
final class FrameContent {
  private final byte[] bytes;
  private int at;

  private FrameContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads the frames inside of a chapter. */
  @FunctionalInterface
  interface Inner {
    List<Id3Frame> frames(int at, byte[] bytes);
  }

  static Id3Frame read(String id, byte[] bytes, Inner inner) {
    Id3Frame frame = new FrameContent(bytes).frame(id, inner);
    return frame == null ? new Id3Frame.Other(id, Bytes.adopt(bytes)) : frame;
  }

  private @Nullable Id3Frame frame(String id, Inner inner) {
    return switch (id) {
      case "CHAP" -> chapter(inner);
      case "CTOC" -> contents(inner);
      case "APIC" -> picture();
      case "COMM", "USLT" -> comment(id);
      case "TXXX" -> {
        Charset charset = charset();
        yield charset == null ? null : new Id3Frame.UserText(text(charset), rest(charset));
      }
      case "WXXX" -> {
        Charset charset = charset();
        yield charset == null ? null : new Id3Frame.UserLink(text(charset), rest(ISO_8859_1));
      }
      default ->
          switch (id.charAt(0)) {
            case 'T' -> texts(id);
            case 'W' -> new Id3Frame.Link(id, rest(ISO_8859_1));
            default -> null;
          };
    };
  }

  private @Nullable Id3Frame texts(String id) {
    Charset charset = charset();
    if (charset == null) {
      return null;
    }
    List<String> values = new ArrayList<>();
    do {
      values.add(text(charset));
    } while (at < bytes.length && values.size() < 1_000);
    return new Id3Frame.Text(id, values);
  }

  private @Nullable Id3Frame comment(String id) {
    Charset charset = charset();
    if (charset == null || bytes.length < at + 3) {
      return null;
    }
    String language = new String(bytes, at, 3, ISO_8859_1);
    at += 3;
    return new Id3Frame.Comment(id, language, text(charset), rest(charset));
  }

  private @Nullable Id3Frame picture() {
    Charset charset = charset();
    String mime = text(ISO_8859_1);
    if (charset == null || at >= bytes.length) {
      return null;
    }
    int type = bytes[at++] & 0xff;
    String description = text(charset);
    return new Id3Frame.Picture(
        mime, type, description, Bytes.copyOf(bytes, at, bytes.length - at));
  }

  private @Nullable Id3Frame chapter(Inner inner) {
    String element = text(ISO_8859_1);
    if (bytes.length < at + 16) {
      return null;
    }
    Duration start = millis();
    Duration end = millis();
    at += 8;
    if (end.compareTo(start) < 0 || end.toMillis() == 0xffffffffL) {
      return null;
    }
    return new Id3Frame.Chapter(element, start, end, inner.frames(at, bytes));
  }

  private @Nullable Id3Frame contents(Inner inner) {
    String element = text(ISO_8859_1);
    if (bytes.length < at + 2) {
      return null;
    }
    int flags = bytes[at++];
    int count = bytes[at++] & 0xff;
    List<String> children = new ArrayList<>();
    for (int i = 0; i < count && at < bytes.length; i++) {
      children.add(text(ISO_8859_1));
    }
    return new Id3Frame.Contents(
        element, (flags & 2) != 0, (flags & 1) != 0, children, inner.frames(at, bytes));
  }

  private Duration millis() {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return Duration.ofMillis(value);
  }

  private @Nullable Charset charset() {
    if (at >= bytes.length) {
      return null;
    }
    return switch (bytes[at++]) {
      case 0 -> ISO_8859_1;
      case 1 -> UTF_16;
      case 2 -> UTF_16BE;
      case 3 -> UTF_8;
      default -> null;
    };
  }

  /** A text up to its terminator, which is passed. */
  private String text(Charset charset) {
    int width = charset.equals(UTF_16) || charset.equals(UTF_16BE) ? 2 : 1;
    int end = at;
    while (end + width <= bytes.length
        && (bytes[end] != 0 || (width == 2 && bytes[end + 1] != 0))) {
      end += width;
    }
    boolean terminated = end + width <= bytes.length;
    String text = decoded(at, terminated ? end : bytes.length, charset);
    at = terminated ? end + width : bytes.length;
    return text;
  }

  /** All that is left, without terminators at its end. */
  private String rest(Charset charset) {
    String text = decoded(at, bytes.length, charset);
    at = bytes.length;
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private String decoded(int from, int to, Charset charset) {
    if (from >= to) {
      return "";
    }
    byte[] range = Arrays.copyOfRange(bytes, from, to);
    // Java takes UTF-16 without a byte order mark as big-endian, as the standard does
    return new String(range, charset);
  }
}
