package io.castloom.assembler.night;

import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.nightly.Nights;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.assembly.AssemblyOrders;
import io.castloom.service.assembly.NightPlanner;
import io.castloom.service.assembly.NightRequests;
import io.castloom.service.catalog.FeedRequests;
import io.castloom.service.deliveries.HeardCount;
import io.castloom.service.json.Documents;
import io.castloom.service.versions.StoredVersions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  static final Duration ABANDONED = Duration.ofMinutes(10);
  private static final int NIGHTS_BACK = 3;

  private final Parts parts;
  private final NightOrdering ordering;
  private final NightClosing closing;
  private final NightRequests requests;
  private final FeedRequests feeds;
  private final HeardCount heard;
  private final Documents<NightRun> runs;
  private final RunsSeen seen;
  private final String me;
  private final InstantSource clock;

  /** What it works with. */
  public record Parts(
      ObjectStore store,
      NightShows shows,
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
    this.ordering = new NightOrdering(parts, clock);
    this.closing = new NightClosing(parts);
    this.requests = new NightRequests(parts.store());
    this.feeds = new FeedRequests(parts.store());
    this.heard = new HeardCount(parts.store());
    this.runs = new Documents<>(parts.store(), NightRun.class);
    this.seen = new RunsSeen(clock);
    this.me = me;
    this.clock = clock;
  }

  /** Begins every night that is due or asked for and finishes those whose jobs have ended. */
  public void tick() throws IOException {
    Instant now = clock.instant();
    NightRequests.Open open = requests.look();
    serveRequests(open.nights(), now);
    serveFeeds(FeedRequests.due(open.others(), now));
    Map<LocalDate, List<Show>> due = new LinkedHashMap<>();
    for (Show show : parts.shows().all()) {
      LocalDate night = Nights.current(now, show.dropTime(), show.zone());
      if (needsOrdering(night, show.id(), now)) {
        due.computeIfAbsent(night, _ -> new ArrayList<>()).add(show);
      }
    }
    for (Map.Entry<LocalDate, List<Show>> night : due.entrySet()) {
      run(night.getKey(), night.getValue());
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int back = -1; back < NIGHTS_BACK; back++) {
      finish(today.minusDays(back));
    }
  }

  /** What was asked for is taken away when its run is ordered, so that a crash loses nothing. */
  private void serveRequests(List<NightRequests.Request> open, Instant now) throws IOException {
    if (open.isEmpty()) {
      return;
    }
    Map<String, Show> shows = new LinkedHashMap<>();
    parts.shows().now().forEach(show -> shows.put(show.id(), show));
    heard.count(now);
    Map<LocalDate, List<Begun>> begun = new LinkedHashMap<>();
    for (NightRequests.Request request : open) {
      Show show = shows.get(request.show());
      if (show != null) {
        begin(request, show, now)
            .ifPresent(
                it -> begun.computeIfAbsent(request.night(), _ -> new ArrayList<>()).add(it));
      }
    }
    for (Map.Entry<LocalDate, List<Begun>> night : begun.entrySet()) {
      List<Begun> mine = night.getValue();
      NightPlanner.Night planned =
          parts
              .planner()
              .plan(
                  night.getKey(),
                  now,
                  (show, episode) -> mine.stream().anyMatch(it -> it.concerns(show, episode)));
      order(planned, mine);
    }
    for (NightRequests.Request request : open) {
      requests.taken(request);
    }
  }

  /**
   * Feeds of documents that were changed, and of episodes whose hour has come. One that cannot be
   * written is asked for still, and holds up neither the others nor a night.
   */
  private void serveFeeds(Map<String, List<String>> due) {
    due.forEach(
        (show, asked) -> {
          try {
            parts.feeds().publish(show);
            feeds.taken(asked);
          } catch (IOException e) {
            LOG.warn("the feed of {} is written later: {}", show, e.toString());
          }
        });
  }

  private boolean needsOrdering(LocalDate night, String show, Instant now) throws IOException {
    String key = NightRun.key(night, show);
    if (seen.ended(key)) {
      return false;
    }
    return look(key).map(found -> abandoned(found.value(), now)).orElse(true);
  }

  private Optional<Documents.Versioned<NightRun>> look(String key) throws IOException {
    Optional<Documents.Versioned<NightRun>> found = runs.find(key);
    seen.saw(key, found.map(Documents.Versioned::value));
    return found;
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
    heard.count(now); // before anything is begun: days of a log take a while to read
    List<Begun> mine = new ArrayList<>();
    for (Show show : shows) {
      begin(night, show, now).ifPresent(mine::add);
    }
    if (!mine.isEmpty()) {
      order(parts.planner().plan(night, now), mine);
    }
    return mine.size();
  }

  /** A run that this assembler has begun and nobody else has. */
  private record Begun(Show show, NightRun run) {
    boolean concerns(String id, String episode) {
      return show.id().equals(id) && run.concerns(episode);
    }
  }

  private Optional<Begun> begin(LocalDate night, Show show, Instant now) throws IOException {
    String key = NightRun.key(night, show.id());
    NightRun fresh = NightRun.begin(show.id(), night, now, me);
    seen.changed(key);
    if (runs.create(key, fresh).isPresent()) {
      return Optional.of(new Begun(show, fresh));
    }
    Optional<Documents.Versioned<NightRun>> found = runs.find(key);
    return found.isPresent() && abandoned(found.get().value(), now)
        ? replace(show, found.get(), found.get().value().takenOver(now, me))
        : Optional.empty();
  }

  private Optional<Begun> begin(NightRequests.Request request, Show show, Instant now)
      throws IOException {
    Optional<Documents.Versioned<NightRun>> found =
        runs.find(NightRun.key(request.night(), show.id()));
    if (found.isEmpty()) {
      return begin(request.night(), show, now);
    }
    NightRun last = found.get().value();
    if (last.state() != NightRun.State.FINISHED || !last.startedAt().isBefore(request.at())) {
      return Optional.empty(); // it is being run, or was since
    }
    NightRun next =
        switch (request.extent()) {
          case ALL -> last.again(now, me);
          case FAILED -> last.againForFailed(now, me);
        };
    return replace(show, found.get(), next);
  }

  private Optional<Begun> replace(Show show, Documents.Versioned<NightRun> read, NightRun next)
      throws IOException {
    String key = NightRun.key(next.night(), show.id());
    seen.changed(key);
    return runs.replace(key, read, next).isPresent()
        ? Optional.of(new Begun(show, next))
        : Optional.empty();
  }

  /**
   * Orders what was planned. The plan is kept first: whoever goes on after a crash plans the same
   * from it, and the next night counts this one in any case.
   */
  private void order(NightPlanner.Night planned, List<Begun> mine) throws IOException {
    parts.planner().keep(planned);
    for (Begun begun : mine) {
      ordering.order(begun.show(), begun.run(), planned);
    }
  }

  /** Finishes the shows of a night whose jobs have all ended; gives how many are still at work. */
  public int finish(LocalDate night) throws IOException {
    int open = 0;
    for (Show show : parts.shows().all()) {
      String key = NightRun.key(night, show.id());
      if (seen.idle(key)) {
        continue;
      }
      Optional<Documents.Versioned<NightRun>> found = look(key);
      if (found.isPresent() && found.get().value().state() != NightRun.State.FINISHED) {
        open += closing.close(show, found.get()) ? 0 : 1;
      }
    }
    return open;
  }
}
