package io.castloom.autoscaler;

import io.castloom.autoscaler.keep.DecisionStore;
import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.keep.StoredDecision;
import io.castloom.autoscaler.keep.TaskHistory;
import io.castloom.autoscaler.ops.SettingsBook;
import io.castloom.autoscaler.picture.Clocks;
import io.castloom.autoscaler.picture.FleetBook;
import io.castloom.autoscaler.picture.FleetReader;
import io.castloom.autoscaler.picture.QueueReading;
import io.castloom.autoscaler.picture.SnapshotMaker;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.PlannerMemory;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.Snapshot;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.json.Json;
import io.castloom.service.json.SpoiltDocuments;
import io.castloom.service.json.UnreadableDocumentException;
import io.castloom.service.leader.LeaderLease;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One autoscaler. While it leads, each {@link #runOnce} reads the queues, the heartbeats and the
 * fleet, lets the planner decide, does what was decided, and keeps it all; else it stands by.
 *
 * <p>One thread uses it.
 */
public final class Autoscaler {

  private static final Logger LOG = LoggerFactory.getLogger(Autoscaler.class);

  /** Heartbeats come every 15 s: after this all that live were heard of. */
  private static final Duration ALL_HEARD = Duration.ofSeconds(60);

  private static final Duration JANITOR_EVERY = Duration.ofMinutes(1);
  private static final Duration REMEMBER_EVERY = Duration.ofMinutes(1);

  private final ScalerPorts ports;
  private final Fleet fleet;
  private final String self;
  private final InstantSource clock;
  private final LeaderLease lease;
  private final SpoiltDocuments spoilt;
  private final SettingsInForce settings;
  private final DecisionStore decisions;
  private final TaskHistory history;
  private final Ledger ledger;
  private final ScalerMetrics metrics;
  private final ScalingPlanner planner = new ScalingPlanner();

  private final Clocks clocks = new Clocks();

  private Leadership led;
  private PlannerMemory memory = PlannerMemory.EMPTY;
  private volatile long epoch;
  private @Nullable Instant leadsSince;
  private Instant janitorAt = Instant.EPOCH;
  private Instant rememberedAt = Instant.EPOCH;

  /**
   * @param self this process's name, unlike any other's
   * @param base the settings that it starts with
   * @param leaseTime after so long without a renewal another autoscaler may lead
   */
  Autoscaler(
      ScalerPorts ports,
      Fleet fleet,
      String self,
      ScalingSettings base,
      Duration leaseTime,
      ScalerMetrics metrics,
      InstantSource clock) {
    this.ports = ports;
    this.fleet = fleet;
    this.self = self;
    this.clock = clock;
    this.metrics = metrics;
    this.spoilt = new SpoiltDocuments(ports.store(), "fleet/", metrics::spoilt);
    this.lease =
        new LeaderLease(
            ports.store(),
            "fleet/leader.json",
            self,
            leaseTime,
            new FormerLeaders(ports.store(), spoilt),
            clock);
    this.decisions = new DecisionStore(ports.store());
    this.settings = new SettingsInForce(new SettingsBook(ports.store()), spoilt, decisions, base);
    this.history = new TaskHistory(ports.store());
    this.ledger = new Ledger(ports.store(), spoilt);
    this.led = leadership();
  }

  private Leadership leadership() {
    FleetBook book = new FleetBook();
    Launcher launcher =
        new Launcher(
            new LaunchNotes(new LaunchNotes.Ground(ports.store(), spoilt, lease::certain), clock),
            fleet,
            book,
            clock);
    ActionRunner actions =
        new ActionRunner(fleet, launcher, ports.control(), book, clock, lease::certain);
    return new Leadership(
        book,
        new FleetReader(ports.heartbeats(), fleet, clocks, book),
        new SnapshotMaker(),
        launcher,
        actions,
        new RollTurn(
            new KnownRolls(new RollBook(ports.store(), clock), spoilt, book), book, actions),
        new Janitor(ports.control(), actions, book, decisions, history));
  }

  /** What one leadership knows and does things with: the next one begins anew. */
  private record Leadership(
      FleetBook book,
      FleetReader reader,
      SnapshotMaker maker,
      Launcher launcher,
      ActionRunner actions,
      RollTurn rolls,
      Janitor janitor) {}

  /** Whether it leads, as far as it knows. */
  public boolean leads() {
    return epoch > 0 && lease.certain();
  }

  /**
   * One tick.
   *
   * @return the decision; empty while another autoscaler leads
   * @throws IOException the store failed: nothing was decided, or what was decided may be done in
   *     part; the next tick sees
   */
  public Optional<Decision> runOnce() throws IOException {
    Optional<Long> term = lease.renew();
    if (term.isEmpty()) {
      standBy();
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (term.get() != epoch) {
      takeOver(term.get(), now);
    }
    led.reader().read(now);
    List<String> outcomes = new ArrayList<>(led.launcher().settle());
    led.rolls().read(led.reader().fleetReadAt() != null);
    ScalingSettings inForce = settings.read(now);
    QueueReading queues = QueueReading.read(ports.backlog(), ports.queues(), now);
    Snapshot snapshot = snapshot(queues, inForce, now);
    Decision decision = planner.decide(snapshot, inForce);
    memory = decision.memory();
    List<Action> wanted = led.rolls().redirected(decision.actions(), snapshot);
    outcomes.addAll(led.actions().carryOut(wanted, led.rolls().images(wanted, snapshot, inForce)));
    if (allHeard(now)) {
      outcomes.addAll(led.rolls().step(snapshot, inForce));
    }
    decisions.put(new StoredDecision(snapshot, inForce, decision, outcomes));
    publish(queues, decision, inForce, now);
    account(snapshot, inForce, now);
    ports.tasks().bringBack(led.book().news().orphaned(), now);
    cleanUp(now);
    metrics.decided(decision, snapshot, inForce, queues, now);
    metrics.clocks(clocks.greatest(now));
    if (!decision.actions().isEmpty()) {
      LOG.info("{}: {}", decision.id(), decision.explanation().summary());
    }
    return Optional.of(decision);
  }

  private void standBy() {
    if (epoch > 0) {
      LOG.warn("another autoscaler leads now");
    }
    epoch = 0;
    leadsSince = null;
  }

  private void takeOver(long term, Instant now) throws IOException {
    LOG.info("{} leads, term {}", self, term);
    leadsSince = now;
    led = leadership();
    ledger.reset();
    led.launcher().begin(term);
    settings.forget();
    settings.publishBase();
    recall();
    epoch = term; // last: a take-over that failed half-way begins again with the next tick
  }

  /** What a former leader knew; what is spoilt of it is learned anew. */
  private void recall() throws IOException {
    try {
      memory = decisions.memory();
    } catch (UnreadableDocumentException e) {
      spoilt.keep(e, "learning begins anew");
      memory = PlannerMemory.EMPTY;
    }
    try {
      led.book().recall(Json.read(ports.store(), FleetStatus.KEY, FleetStatus.class));
    } catch (NoSuchObjectException e) {
      LOG.info("no autoscaler has led here before");
    } catch (UnreadableDocumentException e) {
      spoilt.keep(e, "the next heartbeats tell who is there");
    }
  }

  private Snapshot snapshot(QueueReading queues, ScalingSettings settings, Instant now) {
    return led.maker()
        .make(
            queues,
            new SnapshotMaker.Rest(
                epoch,
                led.reader().heartbeatsReadAt(),
                led.reader().fleetReadAt(),
                leadsSince,
                led.rolls().hidden(led.book().views(settings, now)),
                ports.announcements().get(),
                led.book().news().observations(),
                memory),
            now);
  }

  private boolean allHeard(Instant now) {
    return leadsSince != null && now.isAfter(leadsSince.plus(ALL_HEARD));
  }

  private void publish(
      QueueReading queues, Decision decision, ScalingSettings settings, Instant now)
      throws IOException {
    Duration usualP90 = settings.tuning().bootP90();
    FleetStatus status =
        new FleetStatus(
            now,
            self,
            epoch,
            decision.explanation().slowestBootP90().orElse(usualP90),
            led.book().members(now),
            queues.byClass(now),
            ScalerMetrics.paused(settings, now));
    ports.store().put(FleetStatus.KEY, Json.data(status), PutCondition.always());
    metrics.fleet(status);
  }

  private void account(Snapshot snapshot, ScalingSettings inForce, Instant now) throws IOException {
    List<Heartbeat.Done> done = led.book().news().done();
    double usd = ledger.count(snapshot.instances(), done, inForce, now);
    metrics.cost(usd, snapshot.instances(), done, now);
    led.book().news().boots().forEach(metrics::booted);
    history.add(done, now);
    if (now.isAfter(rememberedAt.plus(REMEMBER_EVERY))) {
      rememberedAt = now;
      decisions.remember(memory);
      settings.publishBase(); // so that a spoilt one heals
    }
  }

  private void cleanUp(Instant now) throws IOException {
    if (now.isAfter(janitorAt.plus(JANITOR_EVERY)) && allHeard(now)) {
      janitorAt = now;
      metrics.orphans(led.janitor().run(led.book().members(now), now));
      metrics.deadLetters(ports.queues());
    }
  }

  /** Writes what is not yet written and gives the leadership up. */
  void stop() throws IOException {
    if (leads()) {
      Instant now = clock.instant();
      decisions.remember(memory);
      history.flush(now);
      ledger.flush(now);
      lease.release();
    }
    epoch = 0;
  }
}
