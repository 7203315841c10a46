package io.castloom.domain.show;

import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Slug;
import io.castloom.domain.document.Timecode;
import io.castloom.domain.show.transcript.TranscriptText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules between an episode, its show and its recordings. */
final class EpisodeCheck {
  private final Episode episode;
  private final Show show;
  private final Originals originals;
  private final Problems problems;

  EpisodeCheck(Episode episode, Show show, Originals originals, Problems problems) {
    this.episode = episode;
    this.show = show;
    this.originals = originals;
    this.problems = problems;
  }

  void run() {
    problems.check(
        episode.show().isEmpty() || episode.show().equals(show.id()),
        "show",
        episode.show(),
        "must be " + show.id() + ", the show that it is applied to");
    problems.check(
        episode.id().isEmpty() || Slug.valid(episode.id()), "id", episode.id(), Slug.RULE);
    episode.notes().check(problems);
    problems.check(
        episode.state() != PublicationState.PUBLISHED || episode.publishedAt() != null,
        "publishedAt",
        "",
        "is missing, although the episode is published");
    Duration length = bodies();
    cuePoints(length);
    chapters(length);
    soundbites(length);
    transcript(length);
    overrides();
  }

  /** The length of the body, or null when a recording is not known. */
  private @Nullable Duration bodies() {
    problems.check(!episode.bodies().isEmpty(), "bodies", "", "must name at least one recording");
    Duration length = Duration.ZERO;
    boolean complete = !episode.bodies().isEmpty();
    for (int i = 0; i < episode.bodies().size(); i++) {
      String sha256 = episode.bodies().get(i);
      String field = "bodies[" + i + "]";
      Originals.Facts facts = Slug.sha256(sha256) ? originals.find(sha256) : null;
      if (facts != null) {
        length = length.plus(facts.length());
        continue;
      }
      complete = false;
      if (Slug.sha256(sha256)) {
        problems.add(field, sha256, "is not an original of this account: upload it first");
      } else {
        PieceSource.checkOriginal(field, sha256, problems);
      }
    }
    return complete ? length : null;
  }

  private void cuePoints(@Nullable Duration length) {
    Duration least = episode.breaks(show).leastDistance();
    String distance = Timecode.format(least);
    Duration before = Duration.ZERO;
    for (int i = 0; i < episode.cuePoints().size(); i++) {
      Duration at = episode.cuePoints().get(i).at();
      String field = "cuePoints[" + i + "].at";
      if (length != null && at.compareTo(length) >= 0) {
        outside(field, at, length);
      } else if (at.minus(before).compareTo(least) < 0) {
        String from =
            i == 0
                ? "the start"
                : (at.compareTo(before) < 0 ? "and after " : "")
                    + "the one before ("
                    + Timecode.format(before)
                    + ")";
        problems.add(field, Timecode.format(at), "must lie at least " + distance + " from " + from);
      } else if (length != null && length.minus(at).compareTo(least) < 0) {
        problems.add(
            field,
            Timecode.format(at),
            "must lie at least " + distance + " from the end (" + Timecode.format(length) + ")");
      }
      before = at;
    }
  }

  private void chapters(@Nullable Duration length) {
    Duration before = Duration.ofNanos(-1);
    for (int i = 0; i < episode.chapters().size(); i++) {
      Chapter chapter = episode.chapters().get(i);
      String field = "chapters[" + i + "]";
      if (length != null && chapter.at().compareTo(length) >= 0) {
        outside(field + ".at", chapter.at(), length);
      } else if (chapter.at().compareTo(before) <= 0) {
        problems.add(
            field + ".at",
            Timecode.format(chapter.at()),
            "must begin after the one before (" + Timecode.format(before) + ")");
      }
      before = chapter.at();
      Duration end = chapter.end();
      if (end != null && end.compareTo(chapter.at()) <= 0) {
        problems.add(field + ".end", Timecode.format(end), "must lie after the chapter's start");
      } else if (end != null && length != null && end.compareTo(length) > 0) {
        outside(field + ".end", end, length);
      }
      if (chapter.link() != null) {
        About.checkAddress(field + ".link", chapter.link(), problems);
      }
      if (chapter.image() != null) {
        About.checkAddress(field + ".image", chapter.image(), problems);
      }
    }
  }

  private void soundbites(@Nullable Duration length) {
    for (int i = 0; i < episode.soundbites().size(); i++) {
      Soundbite bite = episode.soundbites().get(i);
      String field = "soundbites[" + i + "]";
      if (!bite.length().isPositive()) {
        problems.add(
            field + ".length", Timecode.format(bite.length()), "must be more than nothing");
      } else if (length != null && bite.at().plus(bite.length()).compareTo(length) > 0) {
        outside(field, bite.at().plus(bite.length()), length);
      }
    }
  }

  private void transcript(@Nullable Duration length) {
    Transcript transcript = episode.transcript();
    if (transcript == null) {
      return;
    }
    About.checkLanguage("transcript.language", transcript.language(), problems);
    String text = transcript.text();
    String sha256 = transcript.sha256();
    if ((text == null) == (sha256 == null)) {
      problems.add("transcript", "", "must have either its text or the sha256 of a stored one");
    }
    problems.check(
        sha256 == null || Slug.sha256(sha256),
        "transcript.sha256",
        String.valueOf(sha256),
        "must be 64 hexadecimal digits");
    if (text != null) {
      TranscriptText.check("transcript.text", text, transcript.format(), length, problems);
    }
  }

  private void overrides() {
    Overrides overrides = episode.overrides();
    piece("overrides.intro", overrides.intro());
    piece("overrides.outro", overrides.outro());
    Set<String> known = new TreeSet<>(Set.of("pre", "post"));
    List<AdBreak> all = AdBreak.all(episode.breaks(show), episode.cuePoints());
    all.forEach(adBreak -> known.add(adBreak.name()));
    for (int i = 0; i < overrides.closed().size(); i++) {
      String name = overrides.closed().get(i);
      problems.check(
          known.contains(name),
          "overrides.closed[" + i + "]",
          name,
          "is an unknown slot; there are " + String.join(", ", known));
    }
  }

  private void piece(String field, @Nullable String name) {
    problems.check(
        name == null || name.isEmpty() || show.sound().pieces().containsKey(name),
        field,
        String.valueOf(name),
        "is not the name of a piece of the show " + show.id());
  }

  private void outside(String field, Duration at, Duration length) {
    problems.add(
        field,
        Timecode.format(at),
        "must lie within the recording, before its end (" + Timecode.format(length) + ")");
  }
}
