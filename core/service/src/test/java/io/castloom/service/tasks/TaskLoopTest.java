package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.control.Command;
import io.castloom.domain.control.Directive;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Hostility;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.RunningPlaces;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.castloom.service.json.Json;
import io.castloom.service.process.Stop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop with its threads and queues in memory, on real time that a test can move on. */
@Timeout(90)
final class TaskLoopTest {

  private static final InstanceId ME = new InstanceId("i-me");

  /** How far the test has moved on from the time of day. */
  private final AtomicLong aheadMillis = new AtomicLong();

  private final InstantSource clock = () -> Instant.now().plusMillis(aheadMillis.get());
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final StoredJobs jobs = new StoredJobs(store);
  private final StoredBacklog backlog = new StoredBacklog(store);
  private final MemoryControlChannel control = new MemoryControlChannel(clock);
  private final WorkQueue<Heartbeat> heartbeats = new MemoryWorkQueue<>("fleet", clock);
  private final Stop stop = new Stop();
  private int limit = RunningPlaces.UNLIMITED;
  private final CountDownLatch ended = new CountDownLatch(1);

  private LoopPorts ports(Hostility hostility, int jobsToEnd) {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      byClass.put(
          workClass,
          new MemoryWorkQueue<>(workClass.slug(), clock, Json.codec(Task.class), hostility));
    }
    WorkQueues queues = new WorkQueues(byClass);
    AtomicInteger left = new AtomicInteger(jobsToEnd);
    Dispatcher dispatcher =
        new Dispatcher(jobs, backlog, queues, new Dispatcher.Fairness(_ -> 4, _ -> 1, 200), clock);
    Endings endings =
        new Endings(
            jobs,
            (_, _, first) -> {
              if (first && left.decrementAndGet() == 0) {
                ended.countDown();
              }
            });
    return new LoopPorts(
        jobs,
        backlog,
        queues,
        dispatcher,
        endings,
        control,
        heartbeats,
        new FleetView(store, clock),
        new RunningPlaces(store, _ -> limit, clock));
  }

  private TaskLoop start(LoopPorts ports, int slots, TaskHandler handler) throws IOException {
    LoopSettings usual = LoopSettings.of(TaskKind.TRANSCODE, slots);
    LoopSettings settings =
        new LoopSettings(
            usual.kind(),
            slots,
            usual.maxFailures(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ZERO);
    return TaskLoop.start(
        ports, settings, new Identity(ME, ""), handler, stop, new SimpleMeterRegistry(), clock);
  }

  private List<Job> submit(LoopPorts ports, int count) throws IOException {
    List<Job> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          ports
              .dispatcher()
              .submit(Samples.aJob(Samples.DEMO, i + ".wav", Priority.NORMAL, "mp3-128", "flac")));
    }
    return all;
  }

  @Test
  void hostile_queues_lose_nothing() throws IOException, InterruptedException {
    LoopPorts ports = ports(new Hostility(7, 0.2, 0.5, 0.2, 0), 30);
    List<Job> all;
    try (TaskLoop loop = start(ports, 4, (_, _) -> new TaskOutcome.Produced(List.of()))) {
      all = submit(ports, 30);
      // A second delivery of a task that another slot has comes back after a minute: not a real
      // one.
      for (int i = 0; i < 600 && !ended.await(100, TimeUnit.MILLISECONDS); i++) {
        aheadMillis.addAndGet(2_000);
      }
      assertThat(ended.getCount()).isZero();
      assertThat(loop.mode()).isEqualTo(Heartbeat.Mode.WORKING);
    }
    for (Job job : all) {
      assertThat(jobs.ending(job.account(), job.id())).isPresent();
    }
    assertThat(control.list()).isEmpty();
  }

  @Test
  void two_instances_run_no_more_of_an_account_than_its_limit()
      throws IOException, InterruptedException {
    limit = 2;
    LoopPorts ports = ports(Hostility.none(), 4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    TaskHandler handler =
        (_, context) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          try {
            new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
            return context.stopping()
                ? new TaskOutcome.Interrupted("told")
                : new TaskOutcome.Produced(List.of());
          } finally {
            running.decrementAndGet();
          }
        };
    try (TaskLoop one = start(ports, 4, handler);
        TaskLoop two = start(ports, 4, handler)) {
      submit(ports, 4);
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(one.mode()).isEqualTo(two.mode());
    }
    assertThat(most.get()).isEqualTo(2);
  }

  @Test
  void nothing_less_urgent_is_done_while_urgent_tasks_are_only_held_back()
      throws IOException, InterruptedException {
    LoopPorts ports = ports(Hostility.none(), 10);
    submit(ports, 10);
    List<Boolean> analyses = Collections.synchronizedList(new ArrayList<>());
    TaskHandler handler =
        (task, _) -> {
          analyses.add(task.spec() instanceof TaskSpec.Analyse);
          return new TaskOutcome.Produced(List.of());
        };
    try (TaskLoop _ = start(ports, 1, handler)) {
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }
    // 20 encodes, of which the window lets 8 onto the queue; the lowest class has a tenth
    assertThat(analyses.subList(0, 20)).filteredOn(it -> it).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void closing_hands_running_tasks_back_at_once() throws IOException, InterruptedException {
    LoopPorts ports = ports(Hostility.none(), 1);
    CountDownLatch begun = new CountDownLatch(1);
    Job job = submit(ports, 1).getFirst();
    try (TaskLoop loop =
        start(
            ports,
            1,
            (_, _) -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return new TaskOutcome.Interrupted("never");
            })) {
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(loop.running()).hasSize(1);
    }
    Map<?, TaskRecord> records = jobs.records(job.account(), job.id());
    assertThat(records.values())
        .allMatch(it -> it.state() == TaskState.WAITING && it.failures() == 0);
    assertThat(ports.queues().of(WorkClass.ofSlug("transcode-normal")).counts().visible())
        .isEqualTo(2);
  }

  @Test
  void commands_drain_the_instance_and_are_acknowledged() throws IOException, InterruptedException {
    LoopPorts ports = ports(Hostility.none(), 1);
    try (TaskLoop loop = start(ports, 1, (_, _) -> new TaskOutcome.Produced(List.of()))) {
      control.send(
          ME,
          new Directive(
              "d1", new Command.Drain("scale in", 5), clock.instant(), Duration.ofMinutes(1)));
      assertThat(stop.await().reason()).isEqualTo("drained: scale in");
      assertThat(loop.mode()).isEqualTo(Heartbeat.Mode.DRAINING);
    }
    List<Heartbeat> beats = new ArrayList<>();
    List<Lease<Heartbeat>> some;
    do {
      some = heartbeats.receive(10, Duration.ZERO, Duration.ofSeconds(30));
      some.forEach(lease -> beats.add(lease.body()));
    } while (!some.isEmpty());
    assertThat(beats).extracting(Heartbeat::mode).contains(Heartbeat.Mode.STOPPED);
    assertThat(beats).anyMatch(beat -> beat.acknowledged().contains("d1: draining"));
  }
}
