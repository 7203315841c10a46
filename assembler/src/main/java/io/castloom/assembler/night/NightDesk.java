package io.castloom.assembler.night;

import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.nightly.Candidate;
import io.castloom.domain.nightly.NightReport;
import io.castloom.domain.nightly.NightReport.Line;
import io.castloom.domain.nightly.NightReport.Outcome;
import io.castloom.domain.nightly.Nights;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.ShowBook;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.json.Documents;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs nights. A show's night is begun by whoever creates its document; one that was begun and
 * never ordered is begun again after a while, which orders the same jobs. Any assembler finishes
 * any night: when all its jobs have ended, the report is written and the feed published.
 */
public final class NightDesk {

  private static final Logger LOG = LoggerFactory.getLogger(NightDesk.class);
  private static final Duration ABANDONED = Duration.ofMinutes(10);
  private static final int NIGHTS_BACK = 3;

  private final Parts parts;
  private final Documents<NightRun> runs;
  private final String me;
  private final InstantSource clock;

  /** What it works with. */
  public record Parts(
      ObjectStore store,
      Catalog catalog,
      NightPlanner planner,
      AssemblyOrders orders,
      JobStore jobs,
      StoredVersions versions,
      FeedPublisher feeds) {}

  /**
   * @param me names this assembler in the documents
   */
  public NightDesk(Parts parts, String me, InstantSource clock) {
    this.parts = parts;
    this.runs = new Documents<>(parts.store(), NightRun.class);
    this.me = me;
    this.clock = clock;
  }

  /** Begins every night that is due and finishes those whose jobs have ended. */
  public void tick() throws IOException {
    Instant now = clock.instant();
    Map<LocalDate, List<Show>> due = new LinkedHashMap<>();
    for (Show show : parts.catalog().goodShows()) {
      LocalDate night = Nights.current(now, show.dropTime(), show.zone());
      if (needsOrdering(night, show.id(), now)) {
        due.computeIfAbsent(night, _ -> new ArrayList<>()).add(show);
      }
    }
    for (Map.Entry<LocalDate, List<Show>> night : due.entrySet()) {
      run(night.getKey(), night.getValue());
    }
    LocalDate today = LocalDate.ofInstant(now, java.time.ZoneOffset.UTC);
    for (int back = -1; back < NIGHTS_BACK; back++) {
      finish(today.minusDays(back));
    }
  }

  private boolean needsOrdering(LocalDate night, String show, Instant now) throws IOException {
    return runs.find(NightRun.key(night, show))
        .map(found -> abandoned(found.value(), now))
        .orElse(true);
  }

  private static boolean abandoned(NightRun run, Instant now) {
    return run.state() == NightRun.State.BEGUN && run.startedAt().plus(ABANDONED).isBefore(now);
  }

  /**
   * Runs a night for shows, unless it was run.
   *
   * @return how many shows this call ran
   */
  public int run(LocalDate night, List<Show> shows) throws IOException {
    Instant now = clock.instant();
    List<Show> mine = new ArrayList<>();
    for (Show show : shows) {
      if (begin(night, show.id(), now)) {
        mine.add(show);
      }
    }
    if (mine.isEmpty()) {
      return 0;
    }
    NightPlanner.Night planned = parts.planner().plan(night, now);
    for (Show show : mine) {
      order(show, planned);
    }
    parts.planner().keep(planned);
    return mine.size();
  }

  private boolean begin(LocalDate night, String show, Instant now) throws IOException {
    String key = NightRun.key(night, show);
    NightRun fresh = NightRun.begin(show, night, now, me);
    if (runs.create(key, fresh).isPresent()) {
      return true;
    }
    Optional<Documents.Versioned<NightRun>> found = runs.find(key);
    return found.isPresent()
        && abandoned(found.get().value(), now)
        && runs.replace(key, found.get(), fresh).isPresent();
  }

  private void order(Show show, NightPlanner.Night planned) throws IOException {
    NightReport report = NightReport.empty(planned.night(), show.id());
    List<NightRun.Ordered> ordered = new ArrayList<>();
    for (NightPlanner.Verdict verdict : planned.verdicts().getOrDefault(show.id(), List.of())) {
      String episode = verdict.entry().episode().id();
      switch (verdict.decision()) {
        case Candidate.Decision.Skip(String why) -> report = report.skipping(why);
        case Candidate.Decision.Rebuild(String why) -> {
          Optional<Job> job = parts.orders().order(show, verdict, Priority.BULK, "");
          if (job.isPresent()) {
            ordered.add(new NightRun.Ordered(episode, job.get().id(), why));
          } else {
            report = report.with(failed(episode, "its body recording was deleted"));
          }
        }
      }
    }
    for (Map.Entry<String, List<Problem>> broken : planned.broken().entrySet()) {
      if (broken.getKey().startsWith(show.id() + "/")) {
        String episode = broken.getKey().substring(show.id().length() + 1);
        report = report.with(failed(episode, broken.getValue().getFirst().toString()));
      }
    }
    withdraw(show);
    NightReport so = report;
    runs.update(
        NightRun.key(planned.night(), show.id()),
        run -> Objects.requireNonNull(run).with(ordered, so));
    LOG.info(
        "night {} of {}: {} episodes ordered, {} left as they are",
        planned.night(),
        show.id(),
        ordered.size(),
        so.skipped());
  }

  /** Episodes that were taken back have no current version any more. */
  private void withdraw(Show show) throws IOException {
    Instant now = clock.instant();
    if (parts.planner().book(show.id()).orElse(null)
        instanceof Reading.Good<ShowBook>(ShowBook book)) {
      for (ShowBook.Entry entry : book.episodes()) {
        if (entry.episode().state() == PublicationState.WITHDRAWN
            && !entry.media().current().isEmpty()) {
          parts.versions().update(show.id(), entry.episode().id(), media -> media.withdraw(now));
        }
      }
    }
  }

  /** Finishes the shows of a night whose jobs have all ended; gives how many are still at work. */
  public int finish(LocalDate night) throws IOException {
    int open = 0;
    for (Show show : parts.catalog().goodShows()) {
      Optional<Documents.Versioned<NightRun>> found = runs.find(NightRun.key(night, show.id()));
      if (found.isPresent() && found.get().value().state() != NightRun.State.FINISHED) {
        open += finish(show, found.get()) ? 0 : 1;
      }
    }
    return open;
  }

  private boolean finish(Show show, Documents.Versioned<NightRun> found) throws IOException {
    NightRun run = found.value();
    if (run.state() == NightRun.State.BEGUN) {
      return false;
    }
    NightReport report = run.report();
    AccountId account = new AccountId(show.account());
    for (NightRun.Ordered ordered : run.ordered()) {
      Optional<JobStore.Ending> ending = parts.jobs().ending(account, ordered.job());
      if (ending.isEmpty()) {
        return false;
      }
      report = report.with(line(account, ordered, ending.get()));
    }
    parts.feeds().publish(show.id());
    if (runs.replace(NightRun.key(run.night(), show.id()), found, run.finished(report))
        .isPresent()) {
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

  private static Line failed(String episode, String why) {
    return new Line(episode, Outcome.FAILED, why, 0, 0, Duration.ZERO, 0);
  }
}
