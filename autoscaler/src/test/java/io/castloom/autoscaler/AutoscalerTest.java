package io.castloom.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.fleet.FleetImage;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.MemoryFleet;
import io.castloom.domain.fleet.roll.Roll;
import io.castloom.domain.fleet.roll.RollTerms;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.scaling.Action;
import io.castloom.domain.scaling.Announcement;
import io.castloom.domain.scaling.Decision;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.Lane;
import io.castloom.domain.scaling.ScalingPlanner;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.announce.Announcements;
import io.castloom.service.announce.NightAnnouncement;
import io.castloom.service.announce.RunningUploads;
import io.castloom.service.announce.UploadAnnouncement;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.fleet.RollBook;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole autoscaler over memory, with workers that only send heartbeats. */
final class AutoscalerTest {

  private static final Duration TICK = Duration.ofSeconds(10);
  private static final ScalingSettings SETTINGS =
      ScalingSettings.defaults(new InstanceType("process", 1, 1, 0.1, 0.04), 2);

  private final ManualClock clock = new ManualClock(Samples.NOW);
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final StoredJobs jobs = new StoredJobs(store);
  private final StoredBacklog backlog = new StoredBacklog(store);
  private final MemoryControlChannel control = new MemoryControlChannel(clock);
  private final MemoryFleet fleet = new MemoryFleet(clock);
  private final MemoryWorkQueue<Heartbeat> heartbeats = new MemoryWorkQueue<>("fleet", clock);
  private final WorkQueues queues = queues();
  private final Dispatcher dispatcher =
      new Dispatcher(jobs, backlog, queues, new Dispatcher.Fairness(_ -> 4, _ -> 1, 200), clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Set<InstanceId> joined = new HashSet<>();

  private WorkQueues queues() {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      byClass.put(workClass, new MemoryWorkQueue<>(workClass.slug(), clock));
    }
    return new WorkQueues(byClass);
  }

  private Autoscaler scaler(String name) {
    return new Autoscaler(
        new ScalerPorts(
            store,
            backlog,
            queues,
            heartbeats,
            control,
            new LostTasks(jobs, backlog),
            new AnnouncedWork(store, clock)),
        fleet,
        name,
        SETTINGS,
        Duration.ofSeconds(45),
        new ScalerMetrics(registry),
        clock);
  }

  private Job submit(int number) throws IOException {
    return dispatcher.submit(
        Samples.aJob(new AccountId("demo"), number + ".wav", Priority.NORMAL, "mp3-128"));
  }

  private void beat(InstanceId id, List<Heartbeat.Running> running, List<Heartbeat.Done> done)
      throws IOException {
    control.open(id);
    joined.add(id);
    heartbeats.send(
        Outgoing.now(
            new Heartbeat(
                id,
                TaskKind.TRANSCODE,
                Heartbeat.Mode.WORKING,
                1,
                clock.instant(),
                clock.instant(),
                "lame",
                running,
                done,
                List.of()),
            id.value()));
  }

  private List<InstanceId> living() throws IOException {
    return fleet.list().stream()
        .filter(it -> it.state() == InstanceState.RUNNING || it.state() == InstanceState.PENDING)
        .map(Instance::id)
        .toList();
  }

  private void tick(Autoscaler scaler, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      scaler.runOnce();
      clock.advance(TICK);
      for (InstanceId id : joined) {
        beat(id, List.of(), List.of());
      }
    }
  }

  @Test
  void waiting_tasks_bring_an_instance_and_idleness_drains_it() throws IOException {
    Autoscaler scaler = scaler("a");
    tick(scaler, 3);
    assertThat(living()).isEmpty();
    submit(1);
    tick(scaler, 40);
    assertThat(living()).hasSize(1);
    InstanceId worker = living().getFirst();
    beat(worker, List.of(), List.of());
    List<Task> tasks = new ArrayList<>();
    for (WorkClass workClass : WorkClass.of(TaskKind.TRANSCODE)) {
      for (Lease<Task> lease :
          queues.of(workClass).receive(10, Duration.ZERO, Duration.ofMinutes(2))) {
        tasks.add(lease.body());
        lease.complete();
      }
    }
    backlog.remove(tasks.stream().map(Task::pending).toList());
    Task task = tasks.getFirst();
    Instant now = clock.instant();
    beat(
        worker,
        List.of(),
        List.of(
            new Heartbeat.Done(
                task.id(),
                task.workClass(),
                task.account(),
                task.enqueuedAt(),
                now.minusSeconds(3),
                now,
                task.estimate(),
                null,
                true)));
    tick(scaler, 60);
    List<Lease<Directive>> commands =
        control.open(worker).receive(10, Duration.ZERO, Duration.ofSeconds(10));
    assertThat(commands).isNotEmpty().allMatch(it -> it.body().command() instanceof Command.Drain);
    FleetStatus status = new ScalerOperations(store, queues, clock).status().orElseThrow();
    assertThat(status.leader()).isEqualTo("a");
    assertThat(status.members()).hasSize(1);
    Ledger.Day day =
        new ScalerOperations(store, queues, clock)
            .cost(
                LocalDate.ofInstant(now, ZoneOffset.UTC), LocalDate.ofInstant(now, ZoneOffset.UTC))
            .getFirst();
    assertThat(day.usd()).isPositive();
    assertThat(day.usdBy(Ledger.Part.ACCOUNT)).containsOnlyKeys("demo");
    assertThat(registry.get("castloom.autoscaler.max.instances").gauge().value()).isEqualTo(20);
  }

  @Test
  void every_decision_can_be_made_again_and_explained() throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    Decision launched = null;
    for (int i = 0; i < 40 && launched == null; i++) {
      Decision decision = scaler.runOnce().orElseThrow();
      launched = decision.launches() > 0 ? decision : null;
      clock.advance(TICK);
    }
    assertThat(launched).isNotNull();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    ScalerOperations.Explained explained =
        operations.explain(Optional.of(launched.id())).orElseThrow();
    assertThat(explained.decision().decision()).isEqualTo(launched);
    assertThat(
            new ScalingPlanner()
                .decide(explained.decision().snapshot(), explained.decision().settings()))
        .isEqualTo(launched);
    assertThat(explained.decision().outcomes()).anyMatch(it -> it.startsWith("launched"));
    assertThat(operations.explain(Optional.empty())).isPresent();
    assertThat(operations.plan(Map.of()).decision().decision().launches()).isZero();
  }

  @Test
  void a_second_one_stands_by_and_takes_over() throws IOException {
    Autoscaler first = scaler("a");
    Autoscaler second = scaler("b");
    assertThat(first.runOnce()).isPresent();
    assertThat(second.runOnce()).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(second.runOnce()).isPresent();
    assertThat(first.runOnce()).isEmpty();
    assertThat(second.leads()).isTrue();
    second.stop();
    assertThat(first.runOnce()).isPresent();
  }

  @Test
  void settings_are_changed_live_with_author_and_undone() throws IOException {
    Autoscaler scaler = scaler("a");
    scaler.runOnce();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    operations.set("ann", Map.of("maxInstances", "7"));
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(7);
    clock.advance(TICK);
    scaler.runOnce();
    assertThat(registry.get("castloom.autoscaler.max.instances").gauge().value()).isEqualTo(7);
    assertThatThrownBy(() -> operations.set("ann", Map.of("maxInstance", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxInstances");
    assertThat(operations.undo("bob").author()).isEqualTo("bob");
    assertThat(operations.settings().limits().maxInstances()).isEqualTo(20);
    assertThat(operations.changes()).hasSize(2);
  }

  @Test
  void a_pause_holds_launches_back() throws IOException {
    Autoscaler scaler = scaler("a");
    scaler.runOnce();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    operations.pause("ann", ScalerOperations.Direction.OUT, Duration.ofHours(1));
    submit(1);
    tick(scaler, 60);
    assertThat(living()).isEmpty();
    operations.resume("ann");
    tick(scaler, 30);
    assertThat(living()).isNotEmpty();
  }

  @Test
  void tasks_of_a_dead_instance_wait_again() throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    tick(scaler, 40);
    InstanceId worker = living().getFirst();
    WorkClass normal = WorkClass.ofSlug("transcode-normal");
    Task task = queues.of(normal).receive(1, Duration.ZERO, Duration.ofHours(1)).getFirst().body();
    backlog.remove(List.of(task.pending()));
    beat(
        worker,
        List.of(
            new Heartbeat.Running(
                task.id(),
                task.workClass(),
                task.account(),
                clock.instant(),
                task.estimate(),
                0.1)),
        List.of());
    scaler.runOnce();
    joined.clear();
    fleet.end(worker);
    clock.advance(Duration.ofMinutes(3));
    scaler.runOnce();
    assertThat(backlog.oldest(normal, null, 10).tasks())
        .anyMatch(entry -> entry.task().equals(task.id()));
  }

  @Test
  void refused_launches_are_told_and_never_exceed_the_limit() throws IOException {
    Autoscaler scaler = scaler("a");
    fleet.refuse("no capacity in the zone");
    submit(1);
    tick(scaler, 20);
    assertThat(living()).isEmpty();
    ScalerOperations operations = new ScalerOperations(store, queues, clock);
    List<String> ids = operations.decisions(Samples.NOW, clock.instant(), 1_000);
    List<String> outcomes = new ArrayList<>();
    for (String id : ids) {
      outcomes.addAll(operations.explain(Optional.of(id)).orElseThrow().decision().outcomes());
    }
    assertThat(outcomes).contains("refused: no capacity in the zone");
    assertThat(Json.write(operations.explain(Optional.of(ids.getFirst())).orElseThrow()))
        .contains("snapshot");
    assertThat(new Action.Drain("i-1", "x").reason()).isEqualTo("x");
  }

  /** Lets every instance that runs do a task in each tick. */
  private void work(Autoscaler scaler, FleetImage bad, int ticks) throws IOException {
    for (int i = 0; i < ticks; i++) {
      scaler.runOnce();
      clock.advance(TICK);
      for (Instance instance : fleet.list()) {
        if (instance.state() == InstanceState.RUNNING) {
          endDrained(instance.id());
          boolean good = !FleetImage.of(instance).equals(bad);
          beat(instance.id(), List.of(), List.of(doneTask(good)));
        }
      }
    }
  }

  private void endDrained(InstanceId id) throws IOException {
    for (Lease<Directive> lease :
        control.open(id).receive(10, Duration.ZERO, Duration.ofSeconds(10))) {
      if (lease.body().command() instanceof Command.Drain) {
        fleet.end(id);
      }
      lease.complete();
    }
  }

  private Heartbeat.Done doneTask(boolean good) {
    Job job = Samples.aJob();
    Instant now = clock.instant();
    return new Heartbeat.Done(
        new TaskId(job.id(), "encode-mp3-128"),
        new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL),
        job.account(),
        now.minusSeconds(10),
        now.minusSeconds(9),
        now,
        Duration.ofSeconds(1),
        "talk",
        good);
  }

  private List<FleetImage> images() throws IOException {
    return fleet.list().stream()
        .filter(it -> it.state() == InstanceState.RUNNING)
        .map(FleetImage::of)
        .toList();
  }

  private RollBook rolling(int instances) throws IOException {
    Autoscaler first = scaler("a");
    first.runOnce();
    new ScalerOperations(store, queues, clock)
        .set("test", Map.of("minInstances.transcode", "" + instances));
    work(first, new FleetImage("9"), 12);
    assertThat(images()).hasSize(instances).containsOnly(FleetImage.DEFAULT);
    first.stop();
    return new RollBook(store, clock);
  }

  @Test
  void a_roll_goes_on_under_another_leader_and_reaches_every_instance() throws IOException {
    RollBook book = rolling(3);
    FleetImage next = new FleetImage("2");
    book.begin(TaskKind.TRANSCODE, next, RollTerms.USUAL, "test");
    Autoscaler second = scaler("b");
    work(second, new FleetImage("9"), 9);
    assertThat(images()).contains(next, FleetImage.DEFAULT);
    second.stop();
    work(scaler("c"), new FleetImage("9"), 60);
    assertThat(book.read().rolls().getLast().phase()).isEqualTo(Roll.Phase.DONE);
    assertThat(images()).hasSize(3).containsOnly(next);
    assertThat(book.read().image(TaskKind.TRANSCODE)).isEqualTo(next);
  }

  @Test
  void a_roll_to_an_image_on_which_tasks_fail_goes_back_by_itself() throws IOException {
    RollBook book = rolling(3);
    FleetImage bad = new FleetImage("2");
    book.begin(TaskKind.TRANSCODE, bad, RollTerms.USUAL, "test");
    work(scaler("b"), bad, 60);
    assertThat(book.read().rolls().getLast().phase()).isEqualTo(Roll.Phase.ROLLED_BACK);
    assertThat(book.read().rolls().getLast().note()).contains("tasks failed on 2");
    assertThat(images()).hasSize(3).containsOnly(FleetImage.DEFAULT);
  }

  @Test
  void an_announced_night_has_its_instances_before_its_messages_come() throws IOException {
    Instant begins = clock.instant().plus(Duration.ofMinutes(6));
    LocalDate night = LocalDate.ofInstant(begins, ZoneOffset.UTC);
    new Announcements(store)
        .announce(
            new NightAnnouncement(
                night,
                clock.instant(),
                List.of(
                    new NightAnnouncement.Work("show", "transcode-high", begins, 40, 40 * 120))));
    Autoscaler scaler = scaler("a");
    tick(scaler, 35);
    assertThat(clock.instant()).isBefore(begins);
    assertThat(living()).isNotEmpty();
  }

  @Test
  void an_upload_that_is_still_running_has_an_instance_that_boots() throws IOException {
    Instant ends = clock.instant().plus(Duration.ofMinutes(4));
    Lane lane = Lane.valueOf("transcode-high");
    RunningUploads uploads = new RunningUploads(store);
    UploadAnnouncement upload =
        new UploadAnnouncement(
            "0123456789abcdef", new Announcement(lane, ends, 12, Duration.ofSeconds(60), 0.9));
    uploads.announce(upload);
    Autoscaler scaler = scaler("a");
    tick(scaler, 22);
    assertThat(clock.instant()).isBefore(ends);
    assertThat(living()).isNotEmpty();
  }

  @Test
  void an_upload_that_was_aborted_starts_nothing() throws IOException {
    Instant ends = clock.instant().plus(Duration.ofMinutes(4));
    Lane lane = Lane.valueOf("transcode-high");
    RunningUploads uploads = new RunningUploads(store);
    UploadAnnouncement upload =
        new UploadAnnouncement(
            "0123456789abcdef", new Announcement(lane, ends, 12, Duration.ofSeconds(60), 0.9));
    uploads.announce(upload);
    Autoscaler scaler = scaler("a");
    tick(scaler, 2);
    uploads.withdraw(upload);
    tick(scaler, 40);
    assertThat(living()).isEmpty();
  }

  @Test
  void throttled_calls_and_expired_credentials_drain_nothing_and_are_made_good()
      throws IOException {
    Autoscaler scaler = scaler("a");
    submit(1);
    tick(scaler, 30);
    InstanceId worker = living().getFirst();
    beat(worker, List.of(), List.of());
    fleet.failNext(1_000);
    tick(scaler, 8); // what was known is too old by now
    for (WorkClass workClass : WorkClass.of(TaskKind.TRANSCODE)) {
      for (Lease<Task> lease :
          queues.of(workClass).receive(10, Duration.ZERO, Duration.ofMinutes(2))) {
        backlog.remove(List.of(lease.body().pending()));
        lease.complete();
      }
    }
    tick(scaler, 30);
    fleet.failNext(0);
    assertThat(living()).as("an old list drains nothing").containsExactly(worker);
    assertThat(control.open(worker).receive(10, Duration.ZERO, Duration.ofSeconds(10))).isEmpty();
    tick(scaler, 30);
    assertThat(control.open(worker).receive(10, Duration.ZERO, Duration.ofSeconds(10)))
        .isNotEmpty();
  }

  @Test
  void an_instance_whose_clock_is_ahead_is_seen() throws IOException {
    Autoscaler scaler = scaler("a");
    scaler.runOnce();
    heartbeats.send(
        Outgoing.now(
            new Heartbeat(
                new InstanceId("i-00000000000000009"),
                TaskKind.TRANSCODE,
                Heartbeat.Mode.WORKING,
                1,
                clock.instant().plus(Duration.ofMinutes(4)),
                clock.instant(),
                "lame",
                List.of(),
                List.of(),
                List.of()),
            "i-9"));
    scaler.runOnce();
    assertThat(registry.get("castloom.clock.skew.seconds").gauge().value()).isEqualTo(240);
  }
}
