package io.castloom.domain.show.transcript;

import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Timecode;
import io.castloom.domain.show.Transcript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format") and SubRip, and writes both. STYLE
 * and REGION blocks and comments are read over: podcast players do not show them.
 */
public final class TranscriptText {
  private static final Pattern TIMES =
      Pattern.compile("\\s*(\\S+)\\s+-->\\s+(\\S+)(?:\\s+(.*?))?\\s*");
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{2,}):)?(\\d{2}):(\\d{2})[.,](\\d{3})");

  private static final Pattern TIMED = Pattern.compile("\\s*\\d+:\\d\\d.*");

  private TranscriptText() {}

  /**
   * Reads a transcript. Whatever is broken is noted with its line; the good cues are returned all
   * the same.
   *
   * @param field the document's field, for the problems; the line is appended
   */
  public static List<Cue> read(
      String field, String text, Transcript.Format format, Problems problems) {
    return placed(field, text, format, problems).stream().map(Placed::cue).toList();
  }

  /**
   * A cue where it stands.
   *
   * @param line of its times, from 1
   */
  private record Placed(Cue cue, int line) {}

  private static List<Placed> placed(
      String field, String text, Transcript.Format format, Problems problems) {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines = clean.replace("\r\n", "\n").replace('\r', '\n').lines().toList();
    int line = 0;
    if (format == Transcript.Format.VTT) {
      String first = lines.isEmpty() ? "" : lines.getFirst();
      if (!first.equals("WEBVTT")
          && !first.startsWith("WEBVTT ")
          && !first.startsWith("WEBVTT\t")) {
        problems.add(
            field + ", line 1",
            first,
            "a VTT file must begin with WEBVTT (SubRip is taken as such with format srt)");
      }
      // what stands there instead is a cue or a heading, of which enough was said
      line = arrow(lines, 0, blank(lines, 0)) && !first.startsWith("WEBVTT") ? 0 : blank(lines, 0);
    }
    List<Placed> cues = new ArrayList<>();
    while (line < lines.size()) {
      if (lines.get(line).isBlank()) {
        line++;
        continue;
      }
      int end = blank(lines, line);
      Placed cue = block(field, lines, line, end, problems);
      if (cue != null) {
        cues.add(cue);
      }
      line = end;
    }
    problems.check(!cues.isEmpty() || !problems.none(), field, "", "has no cues");
    return cues;
  }

  /** Notes what is broken, and cues that are out of order or end after the body. */
  public static void check(
      String field,
      String text,
      Transcript.Format format,
      @Nullable Duration length,
      Problems problems) {
    Duration before = Duration.ZERO;
    for (Placed placed : placed(field, text, format, problems)) {
      Cue cue = placed.cue();
      String at = field + ", line " + placed.line();
      problems.check(
          cue.start().compareTo(before) >= 0,
          at,
          Timecode.format(cue.start()),
          "must not begin before the cue before it (" + Timecode.format(before) + ")");
      before = cue.start();
      // players round; a last cue that overhangs by less than a second is no mistake
      if (length != null && cue.end().compareTo(length.plusSeconds(1)) > 0) {
        problems.add(
            at,
            Timecode.format(cue.end()),
            "must end within the recording (" + Timecode.format(length) + ")");
      }
    }
  }

  private static int blank(List<String> lines, int from) {
    int line = from;
    while (line < lines.size() && !lines.get(line).isBlank()) {
      line++;
    }
    return line;
  }

  private static @Nullable Placed block(
      String field, List<String> lines, int from, int end, Problems problems) {
    String first = lines.get(from);
    if (first.equals("STYLE") || first.equals("REGION") || first.startsWith("NOTE")) {
      return null;
    }
    // a line of times that lacks its arrow is named itself, not the text behind it
    boolean named =
        !TIMED.matcher(first).matches() || arrow(lines, from + 1, Math.min(from + 2, end));
    int times = first.contains("-->") || !named ? from : from + 1;
    String where = field + ", line " + (times + 1);
    Matcher matcher = times < end ? TIMES.matcher(lines.get(times)) : null;
    if (matcher == null || !matcher.matches()) {
      problems.add(
          where,
          times < end ? lines.get(times) : first,
          "must be a time line such as 00:01:02.500 --> 00:01:04.000");
      return null;
    }
    Duration start = time(where, matcher.group(1), problems);
    Duration stop = time(where, matcher.group(2), problems);
    if (start == null || stop == null) {
      return null;
    }
    if (stop.compareTo(start) <= 0) {
      problems.add(where, matcher.group(2), "must end after its start (" + matcher.group(1) + ")");
      return null;
    }
    if (times + 1 == end) {
      problems.add(where, lines.get(times), "must be followed by text");
      return null;
    }
    String settings = matcher.group(3);
    return new Placed(
        new Cue(
            times == from ? "" : first,
            start,
            stop,
            settings == null ? "" : settings,
            String.join("\n", lines.subList(times + 1, end))),
        times + 1);
  }

  private static boolean arrow(List<String> lines, int from, int end) {
    return lines.subList(Math.min(from, end), end).stream().anyMatch(l -> l.contains("-->"));
  }

  private static @Nullable Duration time(String where, String text, Problems problems) {
    Matcher matcher = TIME.matcher(text);
    if (matcher.matches()) {
      int minutes = Integer.parseInt(matcher.group(2));
      int seconds = Integer.parseInt(matcher.group(3));
      String hours = matcher.group(1);
      if (minutes < 60 && seconds < 60 && (hours == null || hours.length() < 5)) {
        return Duration.ofHours(hours == null ? 0 : Long.parseLong(hours))
            .plusMinutes(minutes)
            .plusSeconds(seconds)
            .plusMillis(Long.parseLong(matcher.group(4)));
      }
    }
    problems.add(where, text, "must be a time such as 00:01:02.500");
    return null;
  }

  /**
   * Writes cues in a format. Times are rounded to the millisecond. Identifiers of SubRip are
   * numbered anew.
   */
  public static String write(List<Cue> cues, Transcript.Format format) {
    StringBuilder text = new StringBuilder(cues.size() * 80);
    if (format == Transcript.Format.VTT) {
      text.append("WEBVTT\n\n");
    }
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      switch (format) {
        case VTT -> {
          if (!cue.id().isEmpty()) {
            text.append(cue.id()).append('\n');
          }
          text.append(clock(cue.start(), '.')).append(" --> ").append(clock(cue.end(), '.'));
          text.append(cue.settings().isEmpty() ? "" : " " + cue.settings());
          text.append('\n').append(cue.text());
        }
        case SRT -> {
          text.append(i + 1).append('\n');
          text.append(clock(cue.start(), ',')).append(" --> ").append(clock(cue.end(), ','));
          text.append('\n').append(plain(cue.text()));
        }
      }
      text.append("\n\n");
    }
    return text.toString();
  }

  /** WebVTT's voice and class spans mean nothing in SubRip; the speaker's name is kept as text. */
  private static String plain(String text) {
    return text.replaceAll("<v(?:\\.[^ >]*)? ([^>]+)>", "$1: ")
        .replaceAll("</?(?:v|c|lang|ruby|rt)(?:[. ][^>]*)?>", "")
        .replaceAll("<\\d[\\d:.]*>", "");
  }

  private static String clock(Duration time, char point) {
    long millis = time.plusNanos(500_000).toMillis();
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        point,
        millis % 1000);
  }
}
