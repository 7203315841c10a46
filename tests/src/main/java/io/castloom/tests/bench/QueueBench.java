package io.castloom.tests.bench;

import io.castloom.aws.CallCounter;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.RunningPlaces;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.names.Names;
import io.castloom.service.process.Stop;
import io.castloom.service.tasks.Identity;
import io.castloom.service.tasks.LoopPorts;
import io.castloom.service.tasks.LoopSettings;
import io.castloom.service.tasks.TaskLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tasks that do nothing through lease, record and completion, against a client that only receives
 * and deletes in batches of ten, from the same embedded queues.
 */
public final class QueueBench implements Benchmark {

  private static final int TASKS = Integer.getInteger("bench.tasks", 1_000);

  /** The two take turns, since one that is measured after the other meets another machine. */
  private static final int ROUNDS = 4;

  private static final int WARM_UP = 1_000;
  private static final int SLOTS = 16;
  private static final int RECEIVERS = 4;
  private static final double LEAST = 0.5;
  private static final WorkClass CLASS = new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL);
  private static final AccountId ACCOUNT = new AccountId("bench");

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public String about() {
    return "no-op tasks a second through lease, record and completion, against a bare SQS batch"
        + " client";
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(60);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("castloom-bench-queue");
    CallCounter calls = new CallCounter();
    try (EmbeddedCloud embedded = EmbeddedCloud.start(folder, EmbeddedCloud.Ports.FREE);
        Cloud cloud =
            Cloud.open(
                new CloudSettings(embedded.settings(), Names.of(Names.DEFAULT_ENVIRONMENT), true),
                calls)) {
      cloud.provision();
      say.accept("warming up");
      bare(cloud, WARM_UP);
      ours(cloud, WARM_UP, "warm", calls);
      double bareSeconds = 0;
      double ourSeconds = 0;
      for (int round = 1; round <= ROUNDS; round++) {
        double bareRound = bare(cloud, TASKS);
        double ourRound = ours(cloud, TASKS, "real" + round, calls);
        bareSeconds += bareRound;
        ourSeconds += ourRound;
        say.accept("round %d of %d: %.2f".formatted(round, ROUNDS, bareRound / ourRound));
      }
      double bare = ROUNDS * TASKS / bareSeconds;
      double ours = ROUNDS * TASKS / ourSeconds;
      List<Measure> measures = new ArrayList<>();
      measures.add(new Measure("queue", "tasks", ours, "1/s", bare, Measure.Goal.atLeast(LEAST)));
      new TreeMap<>(calls.counts())
          .forEach(
              (call, count) ->
                  measures.add(
                      Measure.plain(
                          "queue", call + " a task", (double) count / TASKS, "calls", null)));
      return measures;
    }
  }

  private static List<Task> tasks(int count, String run, InstantSource clock) {
    SourceMedia media =
        new SourceMedia(
            "wav",
            "pcm_s16le",
            0,
            48_000,
            2,
            "stereo",
            Duration.ofSeconds(1),
            48_000,
            true,
            192_044,
            Map.of("title", "nothing"),
            List.of());
    Original original =
        new Original(
            ACCOUNT,
            Sha256.of(run.getBytes(StandardCharsets.UTF_8)),
            "nothing.wav",
            media,
            clock.instant());
    TaskSpec spec =
        new TaskSpec.Encode(original, Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128")));
    List<Task> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String id = Sha256.of((run + i).getBytes(StandardCharsets.UTF_8)).hex().substring(0, 20);
      tasks.add(
          new Task(
              new TaskId(new JobId(id), "encode-mp3-128"),
              CLASS,
              ACCOUNT,
              clock.instant(),
              Duration.ofMillis(1),
              spec,
              true));
    }
    return tasks;
  }

  private static void send(WorkQueue<Task> queue, List<Task> tasks) throws IOException {
    queue.sendAll(tasks.stream().map(task -> Outgoing.now(task, ACCOUNT.value())).toList());
  }

  /** Seconds that a client takes which only receives and deletes. */
  private static double bare(Cloud cloud, int count) throws IOException, InterruptedException {
    WorkQueue<Task> queue = cloud.queues().of(CLASS);
    send(queue, tasks(count, "bare" + System.nanoTime(), InstantSource.system()));
    AtomicInteger left = new AtomicInteger(count);
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(RECEIVERS)) {
      for (int i = 0; i < RECEIVERS; i++) {
        threads.execute(() -> drain(queue, left));
      }
      threads.shutdown();
      if (!threads.awaitTermination(5, TimeUnit.MINUTES)) {
        throw new IOException("the bare client did not end");
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void drain(WorkQueue<Task> queue, AtomicInteger left) {
    try {
      while (left.get() > 0) {
        List<Lease<Task>> some = queue.receive(10, Duration.ZERO, Duration.ofMinutes(2));
        queue.completeAll(some);
        left.addAndGet(-some.size());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Seconds that the task loop takes, from its start until the queue is empty. */
  private static double ours(Cloud cloud, int count, String name, CallCounter calls)
      throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    StoredJobs jobs = new StoredJobs(cloud.privateStore());
    StoredBacklog backlog = new StoredBacklog(cloud.privateStore());
    FleetView fleet = new FleetView(cloud.privateStore(), clock);
    Dispatcher dispatcher =
        new Dispatcher(
            jobs, backlog, cloud.queues(), new Dispatcher.Fairness(_ -> SLOTS, _ -> 1, 200), clock);
    List<Task> tasks = tasks(count, name + System.nanoTime(), clock);
    for (Task task : tasks) {
      backlog.add(task, false);
    }
    send(cloud.queues().of(CLASS), tasks);
    LoopPorts ports =
        new LoopPorts(
            jobs,
            backlog,
            cloud.queues(),
            dispatcher,
            new Endings(jobs, Endings.Listener.none()),
            cloud.control(),
            cloud.heartbeats(),
            fleet,
            new RunningPlaces(cloud.privateStore(), _ -> RunningPlaces.UNLIMITED, clock));
    CountDownLatch left = new CountDownLatch(count);
    calls.reset();
    long begin = System.nanoTime();
    TaskLoop loop =
        TaskLoop.start(
            ports,
            LoopSettings.of(TaskKind.TRANSCODE, SLOTS),
            new Identity(new InstanceId("i-bench-" + name), "none"),
            (_, _) -> {
              left.countDown();
              return new TaskOutcome.Produced(List.of());
            },
            new Stop(),
            new SimpleMeterRegistry(),
            clock);
    if (!left.await(5, TimeUnit.MINUTES)) {
      throw new IOException(left.getCount() + " tasks were not done in five minutes");
    }
    while (cloud.queues().of(CLASS).counts().total() > 0) {
      Thread.sleep(5);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    loop.close();
    return seconds;
  }
}
