package io.castloom.bitstream.id3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.bitstream.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Writes tags without unsynchronisation, which no decoder of today needs, and without frame flags.
 */
public final class Id3Writer {
  /** The largest tag: sizes have 28 bits. */
  public static final int MAX_BYTES = (1 << 28) - 1;

  private static final int HEADER = 10;

  private final Id3Version version;

  private Id3Writer(Id3Version version) {
    this.version = version;
  }

  /**
   * The bytes of a tag, to stand before the first frame of a file.
   *
   * @param paddingBytes zeros at its end, to make room for later changes or to reach a size
   * @throws IllegalArgumentException if the tag is larger than {@link #MAX_BYTES}
   */
  public static Bytes write(Id3Tag tag, Id3Version version, int paddingBytes) {
    byte[] frames = new Id3Writer(version).frames(tag.frames());
    long size = (long) frames.length + paddingBytes;
    if (size > MAX_BYTES || paddingBytes < 0) {
      throw new IllegalArgumentException(
          "A tag of %d bytes is larger than the %d that ID3v2 can have: take smaller pictures"
              .formatted(size, MAX_BYTES));
    }
    byte[] all = new byte[HEADER + (int) size];
    Bytes.latin1("ID3").copyInto(all, 0);
    all[3] = (byte) version.major();
    putSyncSafe(all, 6, (int) size);
    System.arraycopy(frames, 0, all, HEADER, frames.length);
    return Bytes.adopt(all);
  }

  /** A tag without padding. */
  public static Bytes write(Id3Tag tag, Id3Version version) {
    return write(tag, version, 0);
  }

  private byte[] frames(List<Id3Frame> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Id3Frame frame : frames) {
      byte[] content = content(frame);
      byte[] header = new byte[HEADER];
      Bytes.latin1(frame.id()).copyInto(header, 0);
      switch (version) {
        case V2_3 -> putInt(header, 4, content.length);
        case V2_4 -> putSyncSafe(header, 4, content.length);
      }
      out.writeBytes(header);
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private byte[] content(Id3Frame frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (frame) {
      case Id3Frame.Text text -> {
        out.write(encoding());
        out.writeBytes(text(String.join(version == Id3Version.V2_4 ? "\0" : "/", text.values())));
      }
      case Id3Frame.UserText(String description, String value) -> {
        out.write(encoding());
        terminated(out, description);
        out.writeBytes(text(value));
      }
      case Id3Frame.Link link -> out.writeBytes(link.url().getBytes(ISO_8859_1));
      case Id3Frame.UserLink(String description, String url) -> {
        out.write(encoding());
        terminated(out, description);
        out.writeBytes(url.getBytes(ISO_8859_1));
      }
      case Id3Frame.Comment comment -> {
        out.write(encoding());
        out.writeBytes(comment.language().getBytes(ISO_8859_1));
        terminated(out, comment.description());
        out.writeBytes(text(comment.text()));
      }
      case Id3Frame.Picture picture -> {
        out.write(encoding());
        latin(out, picture.mime());
        out.write(picture.type());
        terminated(out, picture.description());
        out.writeBytes(picture.data().toArray());
      }
      case Id3Frame.Chapter chapter -> {
        latin(out, chapter.element());
        byte[] times = new byte[16];
        putInt(times, 0, (int) chapter.start().toMillis());
        putInt(times, 4, (int) chapter.end().toMillis());
        // all ones: the byte offsets are not given, the times count
        putInt(times, 8, -1);
        putInt(times, 12, -1);
        out.writeBytes(times);
        out.writeBytes(frames(chapter.frames()));
      }
      case Id3Frame.Contents contents -> {
        latin(out, contents.element());
        out.write((contents.topLevel() ? 2 : 0) | (contents.ordered() ? 1 : 0));
        out.write(contents.children().size());
        contents.children().forEach(child -> latin(out, child));
        out.writeBytes(frames(contents.frames()));
      }
      case Id3Frame.Other other -> out.writeBytes(other.content().toArray());
    }
    return out.toByteArray();
  }

  private int encoding() {
    return switch (version) {
      case V2_3 -> 1;
      case V2_4 -> 3;
    };
  }

  private byte[] text(String text) {
    return switch (version) {
      case V2_3 -> ("\ufeff" + text).getBytes(UTF_16LE);
      case V2_4 -> text.getBytes(UTF_8);
    };
  }

  private void terminated(ByteArrayOutputStream out, String text) {
    out.writeBytes(text(text.replace("\0", "")));
    out.writeBytes(new byte[version == Id3Version.V2_3 ? 2 : 1]);
  }

  private static void latin(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.replace("\0", "").getBytes(ISO_8859_1));
    out.write(0);
  }

  private static void putInt(byte[] target, int at, int value) {
    for (int i = 0; i < 4; i++) {
      target[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  private static void putSyncSafe(byte[] target, int at, int value) {
    for (int i = 0; i < 4; i++) {
      target[at + i] = (byte) ((value >>> (21 - 7 * i)) & 0x7f);
    }
  }
}
