package io.castloom.assembler.night;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.nightly.NightReport.Line;
import io.castloom.domain.nightly.NightReport.Outcome;
import io.castloom.domain.show.Show;
import io.castloom.service.jobs.Endings;
import io.castloom.service.json.Documents;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a show's night: what became of its jobs, the report, the feed. */
final class NightClosing {

  private static final Logger LOG = LoggerFactory.getLogger(NightClosing.class);

  private final NightDesk.Parts parts;
  private final Documents<NightRun> runs;

  private static final int REMEMBERED = 10_000;

  /**
   * By run, its job that had not ended at the last look: as long as it has not, nothing else is.
   */
  private final Map<String, JobId> awaited = Collections.synchronizedMap(new Lru<>(REMEMBERED));

  NightClosing(NightDesk.Parts parts) {
    this.parts = parts;
    this.runs = new Documents<>(parts.store(), NightRun.class);
  }

  /**
   * Writes the report and publishes the feed once all jobs have ended.
   *
   * @return false while some are at work
   */
  boolean close(Show show, Documents.Versioned<NightRun> found) throws IOException {
    NightRun run = found.value();
    if (run.state() == NightRun.State.BEGUN) {
      return false;
    }
    NightReport report = run.report();
    AccountId account = new AccountId(show.account());
    String key = NightRun.key(run.night(), show.id());
    JobId last = awaited.get(key);
    if (last != null
        && run.ordered().stream().anyMatch(ordered -> ordered.job().equals(last))
        && Endings.find(parts.jobs(), account, last).isEmpty()) {
      return false;
    }
    for (NightRun.Ordered ordered : run.ordered()) {
      Optional<JobStore.Ending> ending = Endings.find(parts.jobs(), account, ordered.job());
      if (ending.isEmpty()) {
        awaited.put(key, ordered.job());
        return false;
      }
      report = report.with(line(account, ordered, ending.get()));
    }
    awaited.remove(key);
    parts.feeds().publish(show.id());
    if (runs.replace(key, found, run.finished(report)).isPresent()) {
      LOG.info(
          "night {} of {} is done: {} rebuilt, {} failed",
          run.night(),
          show.id(),
          report.count(Outcome.REBUILT),
          report.count(Outcome.FAILED));
    }
    return true;
  }

  private Line line(AccountId account, NightRun.Ordered ordered, JobStore.Ending ending)
      throws IOException {
    if (ending.state() != JobState.DONE) {
      return failed(ordered.episode(), ending.failure());
    }
    long bytes = 0;
    long own = 0;
    long requests = 0;
    Duration time = Duration.ZERO;
    for (TaskRecord record : parts.jobs().records(account, ordered.job()).values()) {
      for (Product product : record.products()) {
        bytes += product.sizeBytes();
        own += Long.parseLong(product.facts().getOrDefault("ownBytes", "0"));
        requests += Long.parseLong(product.facts().getOrDefault("requests", "0"));
      }
      Attempt last = record.attempts().getLast();
      Instant ended = last.endedAt();
      if (ended != null) {
        time = time.plus(Duration.between(last.startedAt(), ended));
      }
    }
    return new Line(ordered.episode(), Outcome.REBUILT, ordered.why(), bytes, own, time, requests);
  }

  static Line failed(String episode, String why) {
    return new Line(episode, Outcome.FAILED, why, 0, 0, Duration.ZERO, 0);
  }
}
