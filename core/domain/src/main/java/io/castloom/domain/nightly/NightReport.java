package io.castloom.domain.nightly;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Problems;
import io.castloom.domain.document.Reading;
import io.castloom.domain.document.Tree;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a night did to a show. Unchanged episodes are counted, the others are told one by one.
 *
 * @param night the date
 * @param show the show's id
 * @param lines rebuilt and failed episodes, in the order in which they were done
 * @param skipped how many were left as they were, by the reason
 */
public record NightReport(
    LocalDate night, String show, List<Line> lines, Map<String, Long> skipped) {
  /** How an episode ended. */
  public enum Outcome {
    /** It has a new version. */
    REBUILT,
    /** It keeps its last version. */
    FAILED
  }

  /**
   * An episode that was assembled, or should have been.
   *
   * @param episode the episode's id
   * @param outcome how it ended
   * @param why what changed, or what went wrong and what to do
   * @param bytes how many its new versions have; 0 when it failed
   * @param throughUs how many of them passed through the assembler
   * @param time how long it took
   * @param requests how many calls to the store it cost
   */
  public record Line(
      String episode,
      Outcome outcome,
      String why,
      long bytes,
      long throughUs,
      Duration time,
      long requests) {
    /** Checks that nothing is null. */
    public Line {
      Objects.requireNonNull(episode);
      Objects.requireNonNull(outcome);
      Objects.requireNonNull(why);
      Objects.requireNonNull(time);
    }

    private Tree tree() {
      return new Tree()
          .put("episode", episode)
          .put("outcome", outcome)
          .put("why", why)
          .put("bytes", bytes)
          .put("throughUs", throughUs)
          .put("seconds", time.toMillis() / 1000.0)
          .put("requests", requests);
    }

    private static Line read(Fields fields) {
      return new Line(
          fields.text("episode"),
          fields.choice("outcome", Outcome.class, Outcome.FAILED),
          fields.text("why", ""),
          fields.whole("bytes", 0, Long.MAX_VALUE, 0),
          fields.whole("throughUs", 0, Long.MAX_VALUE, 0),
          Duration.ofMillis(Math.round(fields.number("seconds", 0, 1e9, 0) * 1000)),
          fields.whole("requests", 0, Long.MAX_VALUE, 0));
    }
  }

  /** Copies the collections. */
  public NightReport {
    Objects.requireNonNull(night);
    Objects.requireNonNull(show);
    lines = List.copyOf(lines);
    skipped = Map.copyOf(skipped);
  }

  /** The report before anything was done. */
  public static NightReport empty(LocalDate night, String show) {
    return new NightReport(night, show, List.of(), Map.of());
  }

  /**
   * The same with one more episode; an earlier line of the episode goes, so that a rerun replaces a
   * failure.
   */
  public NightReport with(Line line) {
    List<Line> all = new ArrayList<>(lines);
    all.removeIf(l -> l.episode.equals(line.episode));
    all.add(line);
    return new NightReport(night, show, all, skipped);
  }

  /** The same without the line of an episode, if it has one. */
  public NightReport without(String episode) {
    return new NightReport(
        night, show, lines.stream().filter(l -> !l.episode.equals(episode)).toList(), skipped);
  }

  /** The same with one more episode left as it was. */
  public NightReport skipping(String why) {
    Map<String, Long> counts = new TreeMap<>(skipped);
    counts.merge(why, 1L, Long::sum);
    return new NightReport(night, show, lines, counts);
  }

  /** Both reports in one, of assemblers that shared a night. */
  public NightReport and(NightReport other) {
    NightReport sum = this;
    for (Line line : other.lines) {
      sum = sum.with(line);
    }
    Map<String, Long> counts = new TreeMap<>(skipped);
    other.skipped.forEach((why, count) -> counts.merge(why, count, Long::sum));
    return new NightReport(night, show, sum.lines, counts);
  }

  /** How many episodes ended so. */
  public long count(Outcome outcome) {
    return lines.stream().filter(l -> l.outcome == outcome).count();
  }

  /** The episodes that failed, for a rerun. */
  public List<String> failed() {
    return lines.stream().filter(l -> l.outcome == Outcome.FAILED).map(Line::episode).toList();
  }

  /** How many bytes its new versions have. */
  public long bytes() {
    return lines.stream().mapToLong(Line::bytes).sum();
  }

  /** How many of them passed through assemblers. */
  public long throughUs() {
    return lines.stream().mapToLong(Line::throughUs).sum();
  }

  /** How long assemblers worked, all together. */
  public Duration time() {
    return lines.stream().map(Line::time).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * What the store's calls cost.
   *
   * @param thousandRequests the price of 1,000 PUT, COPY or POST requests
   */
  public double cost(double thousandRequests) {
    return lines.stream().mapToLong(Line::requests).sum() / 1000.0 * thousandRequests;
  }

  /** One line for people. */
  public String words() {
    long left = skipped.values().stream().mapToLong(Long::longValue).sum();
    return String.format(
        Locale.ROOT,
        "%s on %s: %d rebuilt, %d failed, %d left as they were; %.1f MB made, %.1f MB through the assembler, %.1f s",
        show,
        night,
        count(Outcome.REBUILT),
        count(Outcome.FAILED),
        left,
        bytes() / 1e6,
        throughUs() / 1e6,
        time().toMillis() / 1000.0);
  }

  /** The document; {@link #read} reads it. */
  public Map<String, Object> tree() {
    return new Tree()
        .put("night", night)
        .put("show", show)
        .put("skipped", new TreeMap<>(skipped))
        .put("lines", lines.stream().map(Line::tree).toList())
        .map();
  }

  /** Reads {@link #tree}. Unknown and bad fields are problems. */
  public static Reading<NightReport> read(Map<String, ?> tree) {
    Problems problems = new Problems("night " + tree.get("night"));
    Fields fields = Fields.of(tree, problems);
    Map<String, Long> skipped =
        fields.named("skipped", "count", (_, f) -> f.whole("count", 0, Long.MAX_VALUE, 0));
    NightReport report =
        new NightReport(
            fields.date("night"),
            fields.text("show"),
            fields.each("lines", "", Line::read),
            skipped);
    fields.noOthers();
    return Reading.of(report, problems);
  }
}
