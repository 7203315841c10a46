package io.castloom.autoscaler.ops;

import io.castloom.autoscaler.keep.DecisionStore;
import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.keep.StoredDecision;
import io.castloom.autoscaler.keep.TaskHistory;
import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.QueueReading;
import io.castloom.autoscaler.picture.SnapshotMaker;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Counterfactual;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.announce.Announcements;
import io.castloom.service.announce.RunningUploads;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Json;
import io.castloom.service.json.UnreadableDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What operators ask of the autoscaler, from wherever they are: all of it goes through the bucket.
 */
public final class ScalerOperations {

  private final ObjectStore store;
  private final Backlog backlog;
  private final WorkQueues queues;
  private final SettingsBook settings;
  private final DecisionStore decisions;
  private final InstantSource clock;

  /**
   * What would be decided now, or was.
   *
   * @param counterfactuals one instance fewer, as decided, one more, for each kind
   */
  public record Explained(StoredDecision decision, List<Counterfactual> counterfactuals) {
    public Explained {
      counterfactuals = List.copyOf(counterfactuals);
    }
  }

  /**
   * @param store the private bucket
   */
  public ScalerOperations(ObjectStore store, WorkQueues queues, InstantSource clock) {
    this.store = store;
    this.backlog = new StoredBacklog(store);
    this.queues = queues;
    this.settings = new SettingsBook(store);
    this.decisions = new DecisionStore(store);
    this.clock = clock;
  }

  /** The fleet as the leader last saw it; empty when no autoscaler has run yet. */
  public Optional<FleetStatus> status() throws IOException {
    try {
      return Optional.of(Json.read(store, FleetStatus.KEY, FleetStatus.class));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  /** The settings in force. */
  public ScalingSettings settings() throws IOException {
    return settings.effective(settings.base());
  }

  /**
   * What the planner would do now, and why; nothing is done.
   *
   * @param changes settings to try, by key; empty for those in force
   * @throws IllegalArgumentException a key is unknown or a rule is broken
   */
  public Explained plan(Map<String, String> changes) throws IOException {
    Instant now = clock.instant();
    Map<String, String> all = new LinkedHashMap<>(settings.overrides());
    all.putAll(changes);
    ScalingSettings tried = io.castloom.domain.scaling.SettingKeys.with(settings.base(), all);
    FleetBook book = new FleetBook();
    Optional<FleetStatus> status = status();
    status.ifPresent(book::recall);
    Instant seen = status.map(FleetStatus::at).orElse(null);
    Snapshot snapshot =
        new SnapshotMaker()
            .make(
                QueueReading.read(backlog, queues, now),
                new SnapshotMaker.Rest(
                    status.map(FleetStatus::epoch).orElse(0L),
                    seen,
                    seen,
                    null,
                    book.views(tried, now),
                    announced(now),
                    book.news().observations(),
                    learned()),
                now);
    Decision decision = new ScalingPlanner().decide(snapshot, tried);
    return new Explained(
        new StoredDecision(snapshot, tried, decision, List.of()),
        Counterfactual.around(snapshot, tried));
  }

  private PlannerMemory learned() throws IOException {
    try {
      return decisions.memory();
    } catch (UnreadableDocumentException e) {
      return PlannerMemory.EMPTY; // as the next leader will begin
    }
  }

  private List<Announcement> announced(Instant now) throws IOException {
    List<Announcement> all = new ArrayList<>(new Announcements(store).ahead(now));
    all.addAll(new RunningUploads(store).ahead(now));
    return all;
  }

  /**
   * A stored decision with what else could have been done.
   *
   * @param id empty for the latest one
   */
  public Optional<Explained> explain(Optional<String> id) throws IOException {
    Optional<StoredDecision> found =
        id.isPresent() ? decisions.find(id.get()) : decisions.latest(clock.instant());
    return found.map(
        decision ->
            new Explained(
                decision, Counterfactual.around(decision.snapshot(), decision.settings())));
  }

  /** Ids of the decisions between two instants, oldest first, at most {@code limit}. */
  public List<String> decisions(Instant from, Instant to, int limit) throws IOException {
    return decisions.ids(from, to, limit);
  }

  /** Ids of the decisions since an instant, newest first, at most {@code limit}. */
  public List<String> newestDecisions(Instant from, int limit) throws IOException {
    return decisions.newest(from, clock.instant(), limit);
  }

  /**
   * Changes settings, from the next tick on.
   *
   * @throws IllegalArgumentException a key is unknown or a rule is broken; nothing is changed
   */
  public SettingsBook.Change set(String author, Map<String, String> values) throws IOException {
    return settings.set(author, values, clock.instant());
  }

  /** Takes the last change back. */
  public SettingsBook.Change undo(String author) throws IOException {
    return settings.undo(author, clock.instant());
  }

  /** The changes that were made, oldest first. */
  public List<SettingsBook.Change> changes() throws IOException {
    return settings.changes();
  }

  /** Which way the fleet may not go for a while. */
  public enum Direction {
    IN,
    OUT,
    ALL
  }

  /** Stops launches, drains, or both, for a while. */
  public SettingsBook.Change pause(String author, Direction direction, Duration length)
      throws IOException {
    String until = clock.instant().plus(length).toString();
    Map<String, String> values = new LinkedHashMap<>();
    if (direction != Direction.OUT) {
      values.put("pauseInUntil", until);
    }
    if (direction != Direction.IN) {
      values.put("pauseOutUntil", until);
    }
    return set(author, values);
  }

  /** Ends every pause. */
  public SettingsBook.Change resume(String author) throws IOException {
    return set(author, Map.of("pauseInUntil", "", "pauseOutUntil", ""));
  }

  /**
   * The bills of some days.
   *
   * @param days those that have one, in order
   * @param spoilt whose bills are there and cannot be read
   */
  public record Bills(List<Ledger.Day> days, List<LocalDate> spoilt) {
    public Bills {
      days = List.copyOf(days);
      spoilt = List.copyOf(spoilt);
    }
  }

  /** The bills of some days, both ends included. */
  public Bills cost(LocalDate from, LocalDate to) throws IOException {
    Ledger ledger = new Ledger(store);
    List<Ledger.Day> days = new ArrayList<>();
    List<LocalDate> spoilt = new ArrayList<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
      try {
        ledger.day(date).ifPresent(days::add);
      } catch (UnreadableDocumentException e) {
        spoilt.add(date);
      }
    }
    return new Bills(days, spoilt);
  }

  /**
   * What an episode cost in some time; empty when there is no such episode.
   *
   * @param from tasks that came earlier do not count
   */
  public Optional<EpisodeBill> cost(String show, String episode, Instant from, Instant to)
      throws IOException {
    Optional<Catalog.Stored> found =
        new Catalog(store, _ -> Set.of()).find(new DocumentKey.OfEpisode(show, episode));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Set<String> bodies = new HashSet<>();
    if (found.get().tree().get("bodies") instanceof List<?> names) {
      names.forEach(name -> bodies.add(String.valueOf(name)));
    }
    return Optional.of(
        EpisodeBill.of(
            store,
            new StoredJobs(store),
            new EpisodeBill.Subject(show, episode, bodies),
            new EpisodeBill.Time(from, to)));
  }

  /** The tasks that came between two instants, for a replay. */
  public List<Heartbeat.Done> history(Instant from, Instant to) throws IOException {
    return new TaskHistory(store).read(from, to);
  }
}
