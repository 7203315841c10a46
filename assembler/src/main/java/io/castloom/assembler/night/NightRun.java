package io.castloom.assembler.night;

import io.castloom.domain.job.JobId;
import io.castloom.domain.nightly.NightReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A night of a show, {@code nightly/<night>/<show>.json}: created if absent, so that one assembler
 * runs it, and good for another to go on with.
 *
 * @param by who began it
 * @param ordered the episodes that are assembled, once they are ordered; before that the run is
 *     begun again when it is old
 * @param state how far it is
 * @param again how often it was run again by hand; null for never
 * @param only the episodes that this run is about; null for all
 */
record NightRun(
    String show,
    LocalDate night,
    Instant startedAt,
    String by,
    State state,
    List<Ordered> ordered,
    NightReport report,
    @Nullable Integer again,
    @Nullable List<String> only) {

  enum State {
    BEGUN,
    ORDERED,
    FINISHED
  }

  /** An episode's job. */
  record Ordered(String episode, JobId job, String why) {}

  NightRun {
    Objects.requireNonNull(show);
    Objects.requireNonNull(night);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(by);
    Objects.requireNonNull(state);
    ordered = List.copyOf(ordered);
    Objects.requireNonNull(report);
    only = only == null ? null : List.copyOf(only);
  }

  static NightRun begin(String show, LocalDate night, Instant now, String by) {
    return new NightRun(
        show, night, now, by, State.BEGUN, List.of(), NightReport.empty(night, show), null, null);
  }

  /** The same begun by another, because its first one is gone. */
  NightRun takenOver(Instant now, String other) {
    return new NightRun(show, night, now, other, State.BEGUN, List.of(), report, again, only);
  }

  /** The night once more, from the beginning. */
  NightRun again(Instant now, String other) {
    NightReport empty = NightReport.empty(night, show);
    return new NightRun(show, night, now, other, State.BEGUN, List.of(), empty, times() + 1, null);
  }

  /** Once more for the episodes that failed; what the report tells of the others stays. */
  NightRun againForFailed(Instant now, String other) {
    return new NightRun(
        show, night, now, other, State.BEGUN, List.of(), report, times() + 1, report.failed());
  }

  /** Tells its jobs from those of the runs before it, which have ended; empty for the first. */
  String order() {
    return times() == 0 ? "" : "night-again-" + times();
  }

  /** Whether this run does something about an episode. */
  boolean concerns(String episode) {
    return only == null || only.contains(episode);
  }

  private int times() {
    return again == null ? 0 : again;
  }

  NightRun with(List<Ordered> jobs, NightReport so) {
    return new NightRun(show, night, startedAt, by, State.ORDERED, jobs, so, again, only);
  }

  NightRun finished(NightReport so) {
    return new NightRun(show, night, startedAt, by, State.FINISHED, ordered, so, again, only);
  }

  static String key(LocalDate night, String show) {
    return "nightly/" + night + "/" + show + ".json";
  }
}
