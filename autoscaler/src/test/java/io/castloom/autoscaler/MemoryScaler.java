package io.castloom.autoscaler;

import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.MemoryControlChannel;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.Instance;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.fleet.InstanceState;
import io.castloom.domain.fleet.MemoryFleet;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.scaling.InstanceType;
import io.castloom.domain.scaling.ScalingSettings;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.service.jobs.WorkQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Autoscalers over memory, with workers that only send heartbeats. */
abstract class MemoryScaler {

  static final Duration TICK = Duration.ofSeconds(10);
  static final ScalingSettings SETTINGS =
      ScalingSettings.defaults(new InstanceType("process", 1, 1, 0.1, 0.04), 2);

  final ManualClock clock = new ManualClock(Samples.NOW);
  final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  final StoredJobs jobs = new StoredJobs(store);
  final StoredBacklog backlog = new StoredBacklog(store);
  final MemoryControlChannel control = new MemoryControlChannel(clock);
  final MemoryFleet fleet = new MemoryFleet(clock);
  final MemoryWorkQueue<Heartbeat> heartbeats = new MemoryWorkQueue<>("fleet", clock);
  final WorkQueues queues = queues();
  final Dispatcher dispatcher =
      new Dispatcher(jobs, backlog, queues, new Dispatcher.Fairness(_ -> 4, _ -> 1, 200), clock);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Set<InstanceId> joined = new HashSet<>();

  WorkQueues queues() {
    Map<WorkClass, WorkQueue<Task>> byClass = new HashMap<>();
    for (WorkClass workClass : WorkClass.all()) {
      byClass.put(workClass, new MemoryWorkQueue<>(workClass.slug(), clock));
    }
    return new WorkQueues(byClass);
  }

  Autoscaler scaler(String name) {
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

  Job submit(int number) throws IOException {
    return dispatcher.submit(
        Samples.aJob(new AccountId("demo"), number + ".wav", Priority.NORMAL, "mp3-128"));
  }

  void beat(InstanceId id, List<Heartbeat.Running> running, List<Heartbeat.Done> done)
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

  List<InstanceId> living() throws IOException {
    return fleet.list().stream()
        .filter(it -> it.state() == InstanceState.RUNNING || it.state() == InstanceState.PENDING)
        .map(Instance::id)
        .toList();
  }

  void tick(Autoscaler scaler, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      scaler.runOnce();
      clock.advance(TICK);
      for (InstanceId id : joined) {
        beat(id, List.of(), List.of());
      }
    }
  }
}
