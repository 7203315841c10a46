package io.castloom.assembler.night;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.show.Show;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBook;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a planned night into jobs, show by show. */
final class NightOrdering {

  private static final Logger LOG = LoggerFactory.getLogger(NightOrdering.class);

  private final NightDesk.Parts parts;
  private final Documents<NightRun> runs;
  private final InstantSource clock;

  NightOrdering(NightDesk.Parts parts, InstantSource clock) {
    this.parts = parts;
    this.runs = new Documents<>(parts.store(), NightRun.class);
    this.clock = clock;
  }

  /** Orders a run's episodes and notes their jobs in it. Doing it again orders the same jobs. */
  void order(Show show, NightRun run, NightPlanner.Night planned) throws IOException {
    NightReport report = run.report();
    List<NightRun.Ordered> ordered = new ArrayList<>();
    for (NightPlanner.Verdict verdict : parts.planner().verdicts(planned, show.id())) {
      String episode = verdict.entry().episode().id();
      if (!run.concerns(episode)) {
        continue;
      }
      switch (verdict.decision()) {
        case Candidate.Decision.Skip(String why) -> report = report.without(episode).skipping(why);
        case Candidate.Decision.Rebuild(String why) -> {
          Optional<Job> job = parts.orders().order(show, verdict, Priority.BULK, run.order());
          if (job.isPresent()) {
            ordered.add(new NightRun.Ordered(episode, job.get().id(), why));
          } else {
            report = report.with(NightClosing.failed(episode, "its body recording was deleted"));
          }
        }
      }
    }
    for (Map.Entry<String, List<Problem>> broken : planned.broken().entrySet()) {
      String episode =
          broken.getKey().startsWith(show.id() + "/")
              ? broken.getKey().substring(show.id().length() + 1)
              : "";
      if (!episode.isEmpty() && run.concerns(episode)) {
        report = report.with(NightClosing.failed(episode, broken.getValue().getFirst().toString()));
      }
    }
    withdraw(show);
    NightReport so = report;
    runs.update(
        NightRun.key(planned.night(), show.id()),
        stored ->
            stored != null && stored.startedAt().equals(run.startedAt())
                ? stored.with(ordered, so)
                : Objects.requireNonNull(stored)); // another has taken it over
    LOG.info(
        "night {} of {}: {} episodes ordered, {} left as they are",
        planned.night(),
        show.id(),
        ordered.size(),
        so.skipped().values().stream().mapToLong(Long::longValue).sum());
  }

  /** Episodes that were taken back have no current version any more. */
  private void withdraw(Show show) throws IOException {
    Instant now = clock.instant();
    if (parts.planner().book(show.id()).orElse(null)
        instanceof Reading.Good<ShowBook>(ShowBook book)) {
      for (ShowBook.Entry entry : book.episodes()) {
        if (entry.episode().state() == PublicationState.WITHDRAWN
            && !entry.media().current().isEmpty()) {
          parts.versions().withdraw(show.id(), entry.episode().id(), now);
        }
      }
    }
  }
}
