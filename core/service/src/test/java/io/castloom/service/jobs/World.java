package io.castloom.service.jobs;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Hostility;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.fleet.FleetView;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An environment in memory, with a clock that stands. */
public final class World {

  public static final WorkClass NORMAL = new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL);

  public final ManualClock clock = new ManualClock(Samples.NOW);
  public final MemoryObjectStore store = new MemoryObjectStore("castloom-private", clock);
  public final StoredJobs jobs = new StoredJobs(store);
  public final StoredBacklog backlog = new StoredBacklog(store);
  public final WorkQueues queues;
  public final MemoryControlChannel control = new MemoryControlChannel(clock);
  public final FleetView fleet = new FleetView(store, clock);
  public final List<String> ended = new ArrayList<>();
  public final Map<AccountId, Integer> weights = new HashMap<>();
  public final Map<AccountId, Integer> limits = new HashMap<>();
  public final RunningPlaces places;
  public final Dispatcher dispatcher;
  public final Endings endings;
  public int slots = 2;

  public World() {
    this(Hostility.none());
  }

  public World(Hostility hostility) {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      byClass.put(
          workClass,
          new MemoryWorkQueue<>(
              "castloom-" + workClass.slug(), clock, Json.codec(Task.class), hostility));
    }
    queues = new WorkQueues(byClass);
    dispatcher =
        new Dispatcher(
            jobs,
            backlog,
            queues,
            new Dispatcher.Fairness(
                _ -> slots, account -> weights.getOrDefault(account, 1), this::limit, 200),
            clock);
    places = new RunningPlaces(store, this::limit, clock);
    endings =
        new Endings(
            jobs,
            (job, ending, first) -> {
              if (first) {
                ended.add(job.id() + " " + ending.state().slug());
              }
            });
  }

  private int limit(AccountId account) {
    return limits.getOrDefault(account, RunningPlaces.UNLIMITED);
  }

  public Sweeper sweeper() {
    return new Sweeper(jobs, backlog, queues, dispatcher, Sweeper.BOUND, clock);
  }

  public JobHealer healer() {
    return new JobHealer(jobs, backlog, dispatcher, endings, clock);
  }

  public JobOrders orders() {
    return new JobOrders(jobs, backlog, dispatcher, control, endings, clock);
  }

  public WhyWaiting why() {
    return new WhyWaiting(backlog, fleet, places, clock);
  }

  public Job submit(String account, String name, Priority priority, String... profiles)
      throws IOException {
    Job job = Samples.aJob(new AccountId(account), name, priority, profiles);
    return dispatcher.submit(
        JobPlanner.plan(
            job.original(),
            job.profiles(),
            priority,
            null,
            null,
            Job.Policy.DEFAULT,
            clock.instant()));
  }

  public List<PendingTask> waiting(WorkClass workClass) throws IOException {
    return backlog.oldest(workClass, null, 1_000).tasks();
  }

  public List<Task> receiveAll(WorkClass workClass) throws IOException {
    List<Task> all = new ArrayList<>();
    List<Lease<Task>> some;
    do {
      some = queues.of(workClass).receive(10, Duration.ZERO, Duration.ofMinutes(2));
      some.forEach(lease -> all.add(lease.body()));
    } while (!some.isEmpty());
    return all;
  }

  public static TaskRecord record(Task task, TaskState state) {
    return new TaskRecord(task.id(), task.account(), state, 0, List.of(), List.of());
  }
}
