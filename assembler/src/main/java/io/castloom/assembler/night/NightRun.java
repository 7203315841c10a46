package io.castloom.assembler.night;

import io.castloom.domain.job.JobId;
import io.castloom.domain.nightly.NightReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A night of a show, {@code nightly/<night>/<show>.json}: created if absent, so that one assembler
 * runs it, and good for another to go on with.
 *
 * @param by who began it
 * @param ordered the episodes that are assembled, once they are ordered; before that the run is
 *     begun again when it is old
 * @param state how far it is
 */
record NightRun(
    String show,
    LocalDate night,
    Instant startedAt,
    String by,
    State state,
    List<Ordered> ordered,
    NightReport report) {

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
  }

  static NightRun begin(String show, LocalDate night, Instant now, String by) {
    return new NightRun(
        show, night, now, by, State.BEGUN, List.of(), NightReport.empty(night, show));
  }

  NightRun with(List<Ordered> jobs, NightReport so) {
    return new NightRun(show, night, startedAt, by, State.ORDERED, jobs, so);
  }

  NightRun finished(NightReport so) {
    return new NightRun(show, night, startedAt, by, State.FINISHED, ordered, so);
  }

  static String key(LocalDate night, String show) {
    return "nightly/" + night + "/" + show + ".json";
  }
}
