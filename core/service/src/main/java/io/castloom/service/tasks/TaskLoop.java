package io.castloom.service.tasks;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.service.process.Stop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the queues of a kind: takes leases and renews them, does tasks in its slots, obeys its
 * control queue, tells that it lives, and drains.
 *
 * <p>Closing it is the drain of a signal: nothing more is received, tasks get {@link
 * LoopSettings#stopGrace} to finish, the rest is handed back at once, the control queue is removed.
 */
public final class TaskLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);
  private static final Duration HAND_BACK_PATIENCE = Duration.ofSeconds(30);

  private final LoopSettings settings;
  private final Identity identity;
  private final Stop stop;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final Hands hands;
  private final Batches batches;
  private final TaskRunner runner;
  private final Renewals renewals;
  private final Fetcher fetcher;
  private final Heart heart;
  private final Controls controls;
  private final IdleHelp idle;
  private final Feed feed;
  private final Commands commands;
  private final HandBack back;

  private TaskLoop(
      LoopPorts ports,
      LoopSettings settings,
      Identity identity,
      TaskHandler handler,
      Stop stop,
      MeterRegistry registry,
      InstantSource clock) {
    this.settings = settings;
    this.identity = identity;
    this.stop = stop;
    this.clock = clock;
    this.hands = new Hands(settings.slots());
    this.batches = new Batches(ports, clock);
    this.back = new HandBack(ports.queues());
    this.heart = new Heart(ports, settings, identity, hands, clock);
    LoopListener listener =
        new LoopWatcher(
            new LoopMetrics(registry),
            hands,
            heart,
            new Quarantine(ports.jobs(), identity.instance()),
            clock);
    Records records = new Records(identity.instance(), identity.encoder());
    this.runner = new TaskRunner(ports, settings, handler, records, batches, listener, clock);
    this.renewals = new Renewals(ports, settings, runner, listener, clock, threads);
    this.fetcher =
        new Fetcher(
            ports,
            settings,
            hands,
            threads,
            new HeldTasks(ports.dispatcher(), batches::settleStarted, clock),
            this::accept,
            (workClass, leases) -> threads.execute(() -> back.passOn(workClass, leases)),
            Choice.of(handler, registry));
    this.commands =
        new Commands(hands, (reason, deadline) -> threads.execute(() -> drain(reason, deadline)));
    this.controls =
        new Controls(
            ports.control(), identity.instance(), commands::carryOut, heart::acknowledge, clock);
    this.idle = new IdleHelp(ports, settings, stop, clock);
    this.feed = new Feed(hands, fetcher, idle, settings.pollWait());
    Gauge.builder("castloom.tasks.running", hands, it -> it.all().size()).register(registry);
    Gauge.builder("castloom.slots", hands, Hands::slots).register(registry);
  }

  /**
   * Starts it.
   *
   * @param stop is told when a drain has ended
   * @throws IOException the control queue could not be made
   */
  public static TaskLoop start(
      LoopPorts ports,
      LoopSettings settings,
      Identity identity,
      TaskHandler handler,
      Stop stop,
      MeterRegistry registry,
      InstantSource clock)
      throws IOException {
    TaskLoop loop = new TaskLoop(ports, settings, identity, handler, stop, registry, clock);
    loop.begin();
    return loop;
  }

  private void begin() throws IOException {
    controls.open();
    batches.start();
    hands.mode(Heartbeat.Mode.WORKING);
    var _ = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    threads.execute(feed);
    threads.execute(() -> controls.obeyWhile(hands));
    threads.execute(heart::beat);
    LOG.info(
        "{} takes {} tasks, {} at once",
        identity.instance(),
        settings.kind().slug(),
        hands.slots());
  }

  /** What to do at the command {@code reload}. */
  public void onReload(Runnable action) {
    commands.onReload(action);
  }

  /** What it is doing. */
  public Heartbeat.Mode mode() {
    return hands.mode();
  }

  /** The tasks in its hands. */
  public List<Heartbeat.Running> running() {
    return hands.all().stream().map(RunningTask::forHeartbeat).toList();
  }

  private void tick() {
    try {
      renewals.tick(hands.all());
      if (heart.isDue()) {
        threads.execute(heart::beat);
      }
    } catch (RuntimeException e) {
      LOG.error("bug in the tick", e);
    }
  }

  /** Takes what came; what came too late is given back. */
  private void accept(WorkClass workClass, List<Lease<Task>> leases) {
    List<Lease<Task>> tooMany = new ArrayList<>();
    for (Lease<Task> lease : leases) {
      RunningTask run = run(lease);
      if (hands.isFull()) {
        tooMany.add(lease);
      } else if (hands.take(run)) {
        threads.execute(() -> work(run));
      }
    }
    if (!tooMany.isEmpty()) {
      back.passOn(workClass, tooMany);
    }
  }

  private RunningTask run(Lease<Task> lease) {
    return new RunningTask(lease, identity.instance(), settings.visibility(), clock);
  }

  private void work(RunningTask first) {
    RunningTask run = first;
    while (run != null) {
      hands.enterSlot(run);
      RunningTask next;
      try {
        runner.run(run);
      } finally {
        next = hands.leave(run);
        idle.notYet();
      }
      run = next;
    }
  }

  /**
   * Takes no more, lets running tasks finish until the deadline, hands the others back, and then
   * asks for the end of the process. Returns when it is done; once begun it cannot be undone.
   */
  public void drain(String reason, Duration deadline) {
    if (!hands.mode(Heartbeat.Mode.DRAINING)) {
      return;
    }
    LOG.info("draining within {}: {}", deadline, reason);
    heart.beat();
    try {
      finishOrHandBack(deadline, reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.request("drained: " + reason);
  }

  /** The machine is about to be taken away: everything is handed back at once, then it ends. */
  public void interrupted(String notice) {
    drain(notice, Duration.ZERO);
  }

  private void finishOrHandBack(Duration deadline, String reason) throws InterruptedException {
    fetcher.awaitOutstanding();
    if (!hands.awaitEmpty(deadline)) {
      hands.all().forEach(run -> run.stop(RunningTask.Why.HANDED_BACK, reason));
      hands.signal();
      if (!hands.awaitEmpty(HAND_BACK_PATIENCE)) {
        LOG.warn("{} tasks did not stop; their leases will end", hands.all().size());
      }
    }
  }

  @Override
  public void close() {
    boolean first = hands.mode(Heartbeat.Mode.DRAINING);
    try {
      if (first) {
        finishOrHandBack(settings.stopGrace(), "the process ends");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hands.mode(Heartbeat.Mode.STOPPED);
    batches.close();
    heart.beat();
    ticks.shutdownNow();
    threads.shutdownNow();
    try {
      controls.remove();
    } catch (IOException e) {
      LOG.warn("control queue was not removed; the janitor will: {}", e.toString());
    }
  }
}
