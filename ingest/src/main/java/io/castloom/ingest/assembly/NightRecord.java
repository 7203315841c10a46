package io.castloom.ingest.assembly;

import io.castloom.domain.nightly.NightReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is read of {@code nightly/<night>/<show>.json}, which assemblers write.
 *
 * @param by which assembler began it
 * @param state {@code begun}, {@code ordered} or {@code finished}
 * @param ordered the episodes that are assembled
 */
record NightRecord(
    String show,
    LocalDate night,
    Instant startedAt,
    String by,
    String state,
    List<Ordered> ordered,
    @Nullable NightReport report) {

  /** An episode and its job. */
  record Ordered(String episode, String job, String why) {}

  NightRecord {
    Objects.requireNonNull(show);
    Objects.requireNonNull(night);
    Objects.requireNonNull(state);
    ordered = ordered == null ? List.of() : List.copyOf(ordered);
  }

  static String key(LocalDate night, String show) {
    return "nightly/" + night + "/" + show + ".json";
  }

  /** As clients see it. */
  Map<String, Object> view() {
    NightReport so = report == null ? NightReport.empty(night, show) : report;
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("show", show);
    view.put("state", state);
    view.put("startedAt", startedAt);
    view.put("by", by);
    view.put("ordered", ordered);
    view.put("rebuilt", so.count(NightReport.Outcome.REBUILT));
    view.put("failed", so.count(NightReport.Outcome.FAILED));
    view.put("skipped", new TreeMap<>(so.skipped()));
    view.put("bytes", so.bytes());
    view.put("throughAssembler", so.throughUs());
    view.put("seconds", so.time().toMillis() / 1000.0);
    view.put("episodes", so.lines().stream().map(NightRecord::line).toList());
    view.put("words", so.words());
    return view;
  }

  private static Map<String, Object> line(NightReport.Line line) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("episode", line.episode());
    view.put("outcome", io.castloom.domain.document.Words.of(line.outcome()));
    view.put("why", line.why());
    view.put("bytes", line.bytes());
    view.put("throughAssembler", line.throughUs());
    Duration time = line.time();
    view.put("seconds", time.toMillis() / 1000.0);
    return view;
  }
}
