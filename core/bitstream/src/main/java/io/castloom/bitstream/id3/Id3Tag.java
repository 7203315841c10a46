package io.castloom.bitstream.id3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tag: frames in order.
 *
 * @param frames in the order of the file
 */
public record Id3Tag(List<Id3Frame> frames) {
  /** Copies the frames. */
  public Id3Tag {
    frames = List.copyOf(frames);
  }

  /** A tag of these frames. */
  public static Id3Tag of(Id3Frame... frames) {
    return new Id3Tag(List.of(frames));
  }

  /**
   * A chapter to be written.
   *
   * @param start from the first sample of the sound
   * @param url a link for the chapter, or null
   * @param picture a picture for the chapter, or null
   */
  public record Mark(
      Duration start, String title, @Nullable String url, Id3Frame.@Nullable Picture picture) {
    /** A chapter with a title alone. */
    public static Mark of(Duration start, String title) {
      return new Mark(start, title, null, null);
    }
  }

  /** The same tag with a frame more at its end. */
  public Id3Tag with(Id3Frame frame) {
    List<Id3Frame> all = new ArrayList<>(frames);
    all.add(frame);
    return new Id3Tag(all);
  }

  /**
   * The same tag with chapters and their table of contents, instead of those it had. Each chapter
   * ends where the next starts, the last one with the sound.
   *
   * @param marks in ascending order of their starts; an empty list takes all chapters away
   */
  public Id3Tag withChapters(List<Mark> marks, Duration end) {
    List<Id3Frame> all = new ArrayList<>();
    for (Id3Frame frame : frames) {
      if (!(frame instanceof Id3Frame.Chapter) && !(frame instanceof Id3Frame.Contents)) {
        all.add(frame);
      }
    }
    List<String> names = new ArrayList<>();
    List<Id3Frame> chapters = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      names.add("chp" + i);
      List<Id3Frame> inside = new ArrayList<>();
      inside.add(Id3Frame.Text.of("TIT2", mark.title()));
      if (mark.url() != null) {
        inside.add(new Id3Frame.UserLink("chapter url", mark.url()));
      }
      if (mark.picture() != null) {
        inside.add(mark.picture());
      }
      Duration until = i + 1 < marks.size() ? marks.get(i + 1).start() : end;
      chapters.add(new Id3Frame.Chapter("chp" + i, mark.start(), until, inside));
    }
    // a table holds 255 names; chapters beyond it are still found by players, which read them all
    if (!names.isEmpty()) {
      List<String> listed = names.subList(0, Math.min(255, names.size()));
      all.add(new Id3Frame.Contents("toc", true, true, listed, List.of()));
    }
    all.addAll(chapters);
    return new Id3Tag(all);
  }

  /** The first value of a text frame. */
  public Optional<String> text(String id) {
    return frames.stream()
        .filter(Id3Frame.Text.class::isInstance)
        .map(Id3Frame.Text.class::cast)
        .filter(text -> text.id().equals(id))
        .map(text -> text.values().getFirst())
        .findFirst();
  }

  /** All chapters, in the order of the file. */
  public List<Id3Frame.Chapter> chapters() {
    return frames.stream()
        .filter(Id3Frame.Chapter.class::isInstance)
        .map(Id3Frame.Chapter.class::cast)
        .toList();
  }
}
