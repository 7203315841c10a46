package io.castloom.autoscaler;

import io.castloom.autoscaler.ops.SettingsBook;
import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.fleet.Fleet;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.MemoryFleet;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.scaling.SettingKeys;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Queues, a hostile fleet and simulated workers on a settable clock, for autoscalers to look after.
 * It watches what must never happen.
 */
final class ScalerWorld {

  static final Duration TICK = Duration.ofSeconds(10);
  static final int MAX = 3;

  /** Listings lag as long as a boot takes, so that a launch cannot be seen before it joins. */
  private static final MemoryFleet.Nature NATURE =
      new MemoryFleet.Nature(
          Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(60), 1000, 1000);

  private static final ScalingSettings SETTINGS =
      SettingKeys.with(
          ScalingSettings.defaults(new InstanceType("process", 1, 1, 0.1, 0.04), 2),
          Map.of("maxInstances", Integer.toString(MAX)));

  final ManualClock clock = new ManualClock(Samples.NOW);
  final MemoryFleet fleet = new MemoryFleet(clock, NATURE);

  private final Duration service;
  private final Predicate<InstanceId> boots;
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final MemoryControlChannel control = new MemoryControlChannel(clock);
  private final MemoryWorkQueue<Heartbeat> heartbeats = new MemoryWorkQueue<>("fleet", clock);
  private final Map<WorkClass, WorkQueue<Task>> queues = new HashMap<>();
  private final Dispatcher dispatcher;
  private final Map<InstanceId, Worker> workers = new LinkedHashMap<>();
  private final List<Duration> waits = new ArrayList<>();
  private int submitted;
  private int tasks;
  private int busyKilled;
  private long mostAtOnce;

  private static final class Worker {
    private boolean drains;
    private @Nullable Lease<Task> task;
    private Instant since = Instant.EPOCH;
    private List<Heartbeat.Done> done = List.of();
  }

  /**
   * @param service of every task
   * @param boots which instances ever join
   */
  ScalerWorld(Duration service, Predicate<InstanceId> boots) {
    this.service = service;
    this.boots = boots;
    for (WorkClass workClass : WorkClass.all()) {
      queues.put(workClass, new MemoryWorkQueue<>(workClass.slug(), clock));
    }
    dispatcher =
        new Dispatcher(
            new StoredJobs(store),
            new StoredBacklog(store),
            new WorkQueues(queues),
            new Dispatcher.Fairness(_ -> 4, _ -> 1, 200),
            clock);
  }

  /** A new process; its calls are counted. */
  Autoscaler scaler(String name, Calls calls) {
    ObjectStore counted = calls.count(ObjectStore.class, store);
    Map<WorkClass, WorkQueue<Task>> countedQueues = new HashMap<>();
    queues.forEach((of, queue) -> countedQueues.put(of, queue(calls, queue)));
    Backlog backlog = new StoredBacklog(counted);
    return new Autoscaler(
        new ScalerPorts(
            counted,
            backlog,
            new WorkQueues(countedQueues),
            queue(calls, heartbeats),
            calls.count(ControlChannel.class, control),
            new LostTasks(new StoredJobs(counted), backlog),
            List::of),
        calls.count(Fleet.class, fleet),
        name,
        SETTINGS,
        Duration.ofSeconds(45),
        new ScalerMetrics(new SimpleMeterRegistry()),
        clock);
  }

  @SuppressWarnings("unchecked") // a proxy of the raw type is one of the parameterized one
  private static <T> WorkQueue<T> queue(Calls calls, WorkQueue<T> queue) {
    return calls.count(WorkQueue.class, queue);
  }

  /** Jobs of two tasks each. */
  void submit(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      dispatcher.submit(
          Samples.aJob(new AccountId("demo"), ++submitted + ".wav", Priority.NORMAL, "mp3-128"));
    }
    for (WorkClass workClass : WorkClass.all()) {
      tasks += new StoredBacklog(store).oldest(workClass, null, 1_000).tasks().size();
    }
  }

  /** Everything but the autoscalers goes on for a tick. */
  void pass() throws IOException {
    clock.advance(TICK);
    for (WorkClass workClass : WorkClass.of(TaskKind.TRANSCODE)) {
      dispatcher.releaseHeld(workClass, Integer.MAX_VALUE);
    }
    mostAtOnce = Math.max(mostAtOnce, fleet.living(TaskKind.TRANSCODE));
    for (Instance instance : fleet.list()) {
      if (instance.state() == InstanceState.RUNNING && boots.test(instance.id())) {
        work(instance.id(), workers.computeIfAbsent(instance.id(), _ -> new Worker()));
      } else if (instance.state() != InstanceState.PENDING) {
        Worker ended = workers.remove(instance.id());
        busyKilled += ended != null && ended.task != null ? 1 : 0;
      }
    }
  }

  private void work(InstanceId id, Worker worker) throws IOException {
    for (Lease<Directive> command :
        control.open(id).receive(10, Duration.ZERO, Duration.ofSeconds(30))) {
      worker.drains |= command.body().command() instanceof Command.Drain;
      command.complete();
    }
    Instant now = clock.instant();
    Lease<Task> task = worker.task;
    if (task != null && !now.isBefore(worker.since.plus(service))) {
      task.complete();
      worker.task = null;
      worker.done = List.of(done(task.body(), worker.since, now));
    }
    if (worker.task == null && !worker.drains) {
      take(worker, now);
    }
    boolean ends = worker.drains && worker.task == null;
    beat(id, worker, ends, now);
    if (ends) {
      workers.remove(id);
      control.remove(id);
      fleet.end(id);
    }
  }

  private void take(Worker worker, Instant now) throws IOException {
    for (WorkClass workClass : WorkClass.of(TaskKind.TRANSCODE)) {
      for (Lease<Task> lease :
          new WorkQueues(queues).of(workClass).receive(1, Duration.ZERO, Duration.ofHours(2))) {
        worker.task = lease;
        worker.since = now;
        new StoredBacklog(store).remove(List.of(lease.body().pending()));
        waits.add(Duration.between(lease.body().enqueuedAt(), now));
        return;
      }
    }
  }

  private void beat(InstanceId id, Worker worker, boolean ends, Instant now) throws IOException {
    List<Heartbeat.Running> running = new ArrayList<>();
    Lease<Task> lease = worker.task;
    if (lease != null) {
      Task task = lease.body();
      running.add(
          new Heartbeat.Running(
              task.id(), task.workClass(), task.account(), worker.since, task.estimate(), 0.5));
    }
    Heartbeat.Mode mode =
        ends
            ? Heartbeat.Mode.STOPPED
            : worker.drains ? Heartbeat.Mode.DRAINING : Heartbeat.Mode.WORKING;
    Heartbeat beat =
        new Heartbeat(
            id, TaskKind.TRANSCODE, mode, 1, now, now, "lame", running, worker.done, List.of());
    heartbeats.send(Outgoing.now(beat, id.value()));
    worker.done = List.of();
  }

  private static Heartbeat.Done done(Task task, Instant since, Instant now) {
    return new Heartbeat.Done(
        task.id(),
        task.workClass(),
        task.account(),
        task.enqueuedAt(),
        since,
        now,
        task.estimate(),
        null,
        true);
  }

  /** Nobody can read this document any more. */
  void spoil(String key) throws IOException {
    store.put(
        key, ObjectData.of(new byte[] {'{', 0, 1}, "application/json"), PutCondition.always());
  }

  /** Keeps so many instances from now on. */
  void minimum(int instances) throws IOException {
    new SettingsBook(store)
        .set("test", Map.of("minInstances.transcode", "" + instances), clock.instant());
  }

  /** Begins a roll with one canary that has to do one task. */
  void roll(FleetImage to) throws IOException {
    new RollBook(store, clock)
        .begin(TaskKind.TRANSCODE, to, new RollTerms(0.1, 1, Duration.ofMinutes(30)), "test");
  }

  /** Whether the last roll has ended well and every living instance boots from its image. */
  boolean rolled() throws IOException {
    List<Roll> rolls = new RollBook(store, clock).read().rolls();
    return !rolls.isEmpty()
        && rolls.getLast().phase() == Roll.Phase.DONE
        && fleet.list().stream()
            .filter(it -> it.state() == InstanceState.RUNNING)
            .allMatch(it -> FleetImage.of(it).equals(rolls.getLast().to()));
  }

  /** Whether every task was started and done, and every instance has ended. */
  boolean atRest() {
    return waits.size() == tasks && workers.isEmpty() && fleet.living(TaskKind.TRANSCODE) == 0;
  }

  /** How long each task waited that was started. */
  List<Duration> waits() {
    return waits;
  }

  /** Instances that were ended with a task in hand. */
  int busyKilled() {
    return busyKilled;
  }

  /** The most instances that were pending or running at once. */
  long mostAtOnce() {
    return mostAtOnce;
  }

  /** Instances ever launched. */
  int launched() throws IOException {
    return fleet.list().size();
  }
}
