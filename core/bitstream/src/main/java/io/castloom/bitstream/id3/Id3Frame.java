package io.castloom.bitstream.id3;

import io.castloom.bitstream.Bytes;
import java.time.Duration;
import java.util.List;

/** A frame of a tag. Ids are the four letters of ID3v2.3 and 2.4. */
public sealed interface Id3Frame {
  /** The frame's four letters. */
  String id();

  /**
   * A text: title {@code TIT2}, artist {@code TPE1}, album {@code TALB}, genre {@code TCON},
   * language {@code TLAN} and so on.
   *
   * @param id begins with T, but is not TXXX
   * @param values at least one; version 2.3 joins several with a slash
   */
  record Text(String id, List<String> values) implements Id3Frame {
    /** Checks the id and copies the values. */
    public Text {
      Ids.require(id, 'T', "TXXX");
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("Text frame " + id + " needs a value");
      }
    }

    /** A text with one value. */
    public static Text of(String id, String value) {
      return new Text(id, List.of(value));
    }
  }

  /** A text under a name of one's own, {@code TXXX}. */
  record UserText(String description, String value) implements Id3Frame {
    @Override
    public String id() {
      return "TXXX";
    }
  }

  /**
   * An address, for example {@code WOAF} of the audio file or {@code WPUB} of the publisher.
   *
   * @param id begins with W, but is not WXXX
   */
  record Link(String id, String url) implements Id3Frame {
    /** Checks the id. */
    public Link {
      Ids.require(id, 'W', "WXXX");
    }
  }

  /** An address under a name of one's own, {@code WXXX}; chapters have it for their link. */
  record UserLink(String description, String url) implements Id3Frame {
    @Override
    public String id() {
      return "WXXX";
    }
  }

  /**
   * A comment {@code COMM} or a text of what is spoken {@code USLT}.
   *
   * @param language three letters of ISO 639-2, for example {@code eng}
   */
  record Comment(String id, String language, String description, String text) implements Id3Frame {
    /** Checks id and language. */
    public Comment {
      if (!id.equals("COMM") && !id.equals("USLT")) {
        throw new IllegalArgumentException(id + " is neither COMM nor USLT");
      }
      if (language.length() != 3) {
        throw new IllegalArgumentException(
            "Language " + language + " is not three letters of ISO 639-2");
      }
    }
  }

  /**
   * A picture, {@code APIC}.
   *
   * @param mime {@code image/jpeg} or {@code image/png}
   * @param type 3 for the front cover, 0 for another
   */
  record Picture(String mime, int type, String description, Bytes data) implements Id3Frame {
    /** The front cover. */
    public static final int COVER = 3;

    @Override
    public String id() {
      return "APIC";
    }
  }

  /**
   * A chapter, {@code CHAP} (ID3v2 Chapter Frame Addendum 1.0).
   *
   * @param element its name within the tag, for example {@code chp0}
   * @param start from the first sample of the sound, whole milliseconds
   * @param end after the start, at most 49 days
   * @param frames title {@code TIT2}, link, picture
   */
  record Chapter(String element, Duration start, Duration end, List<Id3Frame> frames)
      implements Id3Frame {
    private static final long MAX_MILLIS = 0xfffffffeL;

    /** Checks the times and copies the frames. */
    public Chapter {
      frames = List.copyOf(frames);
      if (start.isNegative() || end.compareTo(start) < 0 || end.toMillis() > MAX_MILLIS) {
        throw new IllegalArgumentException(
            "Chapter %s from %s to %s is backwards or beyond 49 days"
                .formatted(element, start, end));
      }
    }

    @Override
    public String id() {
      return "CHAP";
    }
  }

  /**
   * A table of contents, {@code CTOC}.
   *
   * @param children at most 255 elements' names, in order
   */
  record Contents(
      String element,
      boolean topLevel,
      boolean ordered,
      List<String> children,
      List<Id3Frame> frames)
      implements Id3Frame {
    /** Checks the number of children and copies the lists. */
    public Contents {
      children = List.copyOf(children);
      frames = List.copyOf(frames);
      if (children.size() > 255) {
        throw new IllegalArgumentException(
            "A table of contents has at most 255 entries, not " + children.size());
      }
    }

    @Override
    public String id() {
      return "CTOC";
    }
  }

  /** Any other frame, or one that cannot be read, as its bytes. */
  record Other(String id, Bytes content) implements Id3Frame {
    /** Checks the id. */
    public Other {
      Ids.require(id, '\0', "");
    }
  }
}
