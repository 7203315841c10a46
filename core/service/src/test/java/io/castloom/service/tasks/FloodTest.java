package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.StandardProfiles;
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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two accounts on one fleet, one of which sends 500 jobs at once: real loops on real time, queues
 * and store in memory, and tasks that only take their time.
 */
@Timeout(120)
final class FloodTest {

  private static final int INSTANCES = 8;
  private static final int SLOTS = 2;
  private static final int FLOOD = 500;
  private static final int FEW = 12;
  private static final Duration SERVICE = Duration.ofMillis(300);
  private static final Duration BETWEEN = Duration.ofMillis(250);
  private static final AccountId FLOODING = new AccountId("flooding");
  private static final AccountId SMALL = new AccountId("small");

  private final InstantSource clock = InstantSource.system();

  /** What a run showed: waits of the small account in milliseconds, and what the other got done. */
  private record Shown(List<Long> waits, int flooded) {
    double mean() {
      return waits.stream().mapToLong(it -> it).average().orElse(Double.NaN);
    }

    long longest() {
      return Collections.max(waits);
    }
  }

  @Test
  void an_account_that_sends_500_jobs_does_not_make_another_wait()
      throws IOException, InterruptedException {
    Shown alone = run(0);
    Shown beside = run(FLOOD);
    double inOneQueue = FLOOD * SERVICE.toMillis() / (double) (INSTANCES * SLOTS);
    System.out.printf(
        "wait of the small account: alone mean %.0f ms, longest %d ms; beside %d jobs of another"
            + " mean %.0f ms, longest %d ms (in one queue up to %.0f ms); the other got %d done%n",
        alone.mean(),
        alone.longest(),
        FLOOD,
        beside.mean(),
        beside.longest(),
        inOneQueue,
        beside.flooded());
    assertThat(beside.mean()).isLessThan(alone.mean() + 3 * SERVICE.toMillis());
    assertThat(beside.longest()).isLessThan((long) inOneQueue / 2);
    assertThat(beside.flooded()).as("the fleet is not kept idle").isGreaterThan(FLOOD / 10);
  }

  private Shown run(int flood) throws IOException, InterruptedException {
    MemoryObjectStore store = new MemoryObjectStore("private", clock);
    LoopPorts ports = ports(store);
    List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger flooded = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(FEW);
    CountDownLatch never = new CountDownLatch(1);
    TaskHandler handler =
        (task, _) -> {
          Duration wait = Duration.between(task.enqueuedAt(), clock.instant());
          boolean over = never.await(SERVICE.toMillis(), TimeUnit.MILLISECONDS);
          assertThat(over).isFalse();
          if (task.account().equals(SMALL)) {
            waits.add(wait.toMillis());
            left.countDown();
          } else {
            flooded.incrementAndGet();
          }
          return new TaskOutcome.Produced(List.of());
        };
    List<TaskLoop> loops = new ArrayList<>();
    try (var leader = Executors.newSingleThreadScheduledExecutor()) {
      for (int i = 0; i < INSTANCES; i++) {
        loops.add(start(ports, "i-" + i, handler));
      }
      var _ =
          leader.scheduleWithFixedDelay(() -> release(ports.dispatcher()), 1, 2, TimeUnit.SECONDS);
      for (int i = 0; i < flood; i++) {
        submit(ports, FLOODING, i);
      }
      for (int i = 0; i < FEW; i++) {
        submit(ports, SMALL, i);
        assertThat(never.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
      }
      assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
      leader.shutdownNow();
    } finally {
      try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
        loops.forEach(loop -> closing.execute(loop::close));
      }
    }
    return new Shown(List.copyOf(waits), flooded.get());
  }

  private static void release(Dispatcher dispatcher) {
    try {
      dispatcher.releaseHeld(new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL), Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A job of one task. */
  private void submit(LoopPorts ports, AccountId account, int number) throws IOException {
    Instant now = clock.instant();
    ports
        .dispatcher()
        .submit(
            JobPlanner.planConform(
                Samples.anOriginal(account, number + ".wav", Duration.ofSeconds(30)),
                List.of(Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128"))),
                Conforming.withFade(Duration.ofMillis(5)),
                Priority.NORMAL,
                "n" + number,
                now));
  }

  private TaskLoop start(LoopPorts ports, String name, TaskHandler handler) throws IOException {
    LoopSettings settings =
        new LoopSettings(
            TaskKind.TRANSCODE,
            SLOTS,
            4,
            Duration.ofMinutes(2),
            Duration.ofSeconds(40),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ZERO);
    return TaskLoop.start(
        ports,
        settings,
        new Identity(new InstanceId(name), ""),
        handler,
        new Stop(),
        new SimpleMeterRegistry(),
        clock);
  }

  private LoopPorts ports(MemoryObjectStore store) {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      byClass.put(
          workClass,
          new MemoryWorkQueue<>(
              workClass.slug(),
              clock,
              Json.codec(Task.class),
              io.castloom.domain.queue.Hostility.none()));
    }
    WorkQueues queues = new WorkQueues(byClass);
    StoredJobs jobs = new StoredJobs(store);
    StoredBacklog backlog = new StoredBacklog(store);
    int slots = INSTANCES * SLOTS;
    return new LoopPorts(
        jobs,
        backlog,
        queues,
        new Dispatcher(
            jobs, backlog, queues, new Dispatcher.Fairness(_ -> slots, _ -> 1, 200), clock),
        new Endings(jobs, Endings.Listener.none()),
        new MemoryControlChannel(clock),
        new MemoryWorkQueue<>("fleet", clock),
        new FleetView(store, clock),
        new RunningPlaces(store, _ -> RunningPlaces.UNLIMITED, clock));
  }
}
