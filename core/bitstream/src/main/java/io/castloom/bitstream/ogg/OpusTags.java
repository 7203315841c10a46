package io.castloom.bitstream.ogg;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The comment header of an Opus stream (RFC 7845, 5.2).
 *
 * @param vendor the encoder's library
 * @param comments each {@code NAME=value}
 */
public record OpusTags(String vendor, List<String> comments) {
  private static final int MAX_COMMENTS = 10_000;

  /** Copies the comments and checks that each has a name. */
  public OpusTags {
    comments = List.copyOf(comments);
    for (String comment : comments) {
      if (comment.indexOf('=') < 1) {
        throw new IllegalArgumentException("Comment " + comment + " is not NAME=value");
      }
    }
  }

  /** The same tags with a comment more. */
  public OpusTags with(String name, String value) {
    List<String> all = new ArrayList<>(comments);
    all.add(name + "=" + value);
    return new OpusTags(vendor, all);
  }

  /** The same tags with a chapter more, in the customary {@code CHAPTERnnn} form. */
  public OpusTags withChapter(int number, Duration start, String title) {
    String name = String.format(Locale.ROOT, "CHAPTER%03d", number);
    String time =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d.%03d",
            start.toHours(),
            start.toMinutesPart(),
            start.toSecondsPart(),
            start.toMillisPart());
    return with(name, time).with(name + "NAME", title);
  }

  static Parsed<OpusTags> read(Bytes packet) {
    if (!OpusHead.starts(packet, "OpusTags")) {
      return Parsed.corrupt(0, "The second packet has no Opus comments");
    }
    byte[] b = packet.toArray();
    int at = 8;
    List<String> texts = new ArrayList<>();
    long count = 1;
    for (long i = 0; i < count; i++) {
      if (at + 4 > b.length
          || OggPage.little(b, at) < 0
          || OggPage.little(b, at) > b.length - at - 4) {
        return Parsed.corrupt(at, "The Opus comments end early");
      }
      int length = OggPage.little(b, at);
      texts.add(new String(b, at + 4, length, StandardCharsets.UTF_8));
      at += 4 + length;
      if (i == 0) {
        if (at + 4 > b.length) {
          return Parsed.corrupt(at, "The Opus comments end early");
        }
        count = 1 + Math.min(OggPage.little(b, at) & 0xffffffffL, MAX_COMMENTS);
        at += 4;
      }
    }
    List<String> comments = new ArrayList<>(texts.subList(1, texts.size()));
    comments.removeIf(comment -> comment.indexOf('=') < 1);
    return Parsed.good(new OpusTags(texts.getFirst(), comments));
  }

  byte[] toArray() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("OpusTags".getBytes(StandardCharsets.ISO_8859_1));
    text(out, vendor);
    number(out, comments.size());
    comments.forEach(comment -> text(out, comment));
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int value) {
    byte[] four = new byte[4];
    OggPage.putLittle(four, 0, value);
    out.writeBytes(four);
  }
}
