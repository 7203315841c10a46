package io.castloom.domain.arrangement;

import io.castloom.domain.show.Chapter;
import io.castloom.domain.show.Soundbite;
import io.castloom.domain.show.transcript.Cue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one function that moves body times into an episode and back. Chapters, transcripts,
 * soundbites and cue points all go through it, so they agree to the sample.
 *
 * <p>A time at a cut belongs to both sides: what begins there begins after the ads ({@link
 * #starts}), what ends there ends before them ({@link #ends}).
 */
public final class TimeShift {
  /**
   * What is left of a caption beyond a cut is shown from this length on; less would only flicker.
   */
  private static final Duration LEAST_CAPTION = Duration.ofMillis(200);

  private final Timeline timeline;
  private final List<LaidSegment> body;

  TimeShift(Timeline timeline) {
    this.timeline = timeline;
    this.body =
        timeline.segments().stream().filter(s -> s.segment().kind() == Segment.Kind.BODY).toList();
  }

  /** Where an episode's time lies. */
  public sealed interface Place {
    /** In the body, at this body time. */
    record InBody(Duration time) implements Place {}

    /** In something that was inserted. */
    record InInsert(Segment segment) implements Place {}
  }

  /**
   * When something that begins at a body time begins in the episode. Never decreases; times beyond
   * the ends stay at the ends.
   */
  public Duration starts(Duration bodyTime) {
    int at = 0;
    for (int i = 1; i < body.size(); i++) {
      at = body.get(i).segment().bodyFrom().compareTo(bodyTime) <= 0 ? i : at;
    }
    // the cut lies on a frame's border: what is said just before it may sound behind it
    while (at + 1 < body.size() && inside(body.get(at), bodyTime) == body.get(at).samples()) {
      at++;
    }
    return moved(body.get(at), bodyTime);
  }

  /** When something that ends at a body time ends in the episode. Never decreases. */
  public Duration ends(Duration bodyTime) {
    int at = 0;
    for (int i = 1; i < body.size(); i++) {
      at = body.get(i).segment().bodyFrom().compareTo(bodyTime) < 0 ? i : at;
    }
    while (at > 0 && inside(body.get(at), bodyTime) == 0) {
      at--;
    }
    return moved(body.get(at), bodyTime);
  }

  /** How many samples of a part come before a body time: none to all, and a part may be empty. */
  private long inside(LaidSegment part, Duration bodyTime) {
    Duration inPiece = bodyTime.minus(part.segment().bodyFrom()).plus(part.segment().from());
    long sample = inPiece.isNegative() ? 0 : Timeline.samples(inPiece, timeline.sampleRate());
    return Math.clamp(sample - part.firstSample(), 0, part.samples());
  }

  private Duration moved(LaidSegment part, Duration bodyTime) {
    long offset = inside(part, bodyTime);
    return timeline.time(Math.min(timeline.samples(), timeline.sampleAt(part.position() + offset)));
  }

  /** What sounds at an episode's time; times beyond the end lie in the last segment. */
  public Place place(Duration episodeTime) {
    long position =
        Timeline.samples(episodeTime, timeline.sampleRate())
            + timeline.segments().getFirst().grid().startSkip();
    LaidSegment at = timeline.segments().getFirst();
    for (LaidSegment segment : timeline.segments()) {
      at = segment.frames() > 0 && segment.position() <= position ? segment : at;
    }
    if (at.segment().kind() != Segment.Kind.BODY) {
      return new Place.InInsert(at.segment());
    }
    long sample = Math.max(0, position - at.position() + at.firstSample());
    return new Place.InBody(
        timeline.time(sample).minus(at.segment().from()).plus(at.segment().bodyFrom()));
  }

  /** A chapter with the times at which it sounds. */
  public record MovedChapter(Duration start, Duration end, Chapter chapter) {}

  /**
   * The chapters where they sound; one without an end lasts until the next one, the last one until
   * the body's end.
   */
  public List<MovedChapter> chapters(List<Chapter> chapters) {
    List<MovedChapter> moved = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i++) {
      Chapter chapter = chapters.get(i);
      Duration start = starts(chapter.at());
      Duration own = chapter.end();
      Duration end =
          own != null
              ? ends(own)
              : i + 1 < chapters.size()
                  ? starts(chapters.get(i + 1).at())
                  : timeline.end(body.getLast());
      if (end.compareTo(start) > 0) {
        moved.add(new MovedChapter(start, end, chapter));
      }
    }
    return moved;
  }

  /** The soundbites where they sound; one that an ad cuts keeps its longer side. */
  public List<Soundbite> soundbites(List<Soundbite> soundbites) {
    List<Soundbite> moved = new ArrayList<>();
    for (Soundbite bite : soundbites) {
      Span longest = new Span(Duration.ZERO, Duration.ZERO);
      for (Span span : spans(bite.at(), bite.at().plus(bite.length()))) {
        longest = span.length().compareTo(longest.length()) > 0 ? span : longest;
      }
      if (longest.length().isPositive()) {
        moved.add(new Soundbite(longest.start, longest.length(), bite.title()));
      }
    }
    return moved;
  }

  /** The captions where they are spoken; one that an ad cuts is shown on both sides. */
  public List<Cue> captions(List<Cue> cues) {
    List<Cue> moved = new ArrayList<>();
    for (Cue cue : cues) {
      List<Span> spans = spans(cue.start(), cue.end());
      for (Span span : spans) {
        if (spans.size() == 1 || span.length().compareTo(LEAST_CAPTION) >= 0) {
          moved.add(cue.at(span.start, span.end));
        }
      }
    }
    return moved;
  }

  private record Span(Duration start, Duration end) {
    Duration length() {
      return end.minus(start);
    }
  }

  /**
   * The stretches of an episode in which a stretch of the body sounds, without what is inserted.
   */
  private List<Span> spans(Duration from, Duration to) {
    List<Span> spans = new ArrayList<>();
    Duration start = starts(from);
    Duration reached = from;
    for (LaidSegment part : body) {
      Duration cut = part.segment().bodyFrom();
      if (cut.compareTo(reached) > 0 && cut.compareTo(to) < 0) {
        Duration end = ends(cut);
        Duration next = starts(cut);
        if (next.compareTo(end) > 0) {
          spans.add(new Span(start, end));
          start = next;
        }
        reached = cut;
      }
    }
    spans.add(new Span(start, ends(to)));
    return spans.stream().filter(s -> s.length().isPositive()).toList();
  }
}
