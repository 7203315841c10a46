package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One instance's runner, with a job whose only task waits; the handler is the test's. */
final class OneRunner {

  static final InstanceId ME = new InstanceId("i-me");
  static final LoopSettings SETTINGS = LoopSettings.of(World.NORMAL.kind(), 2);

  final World world = new World();
  final LoopPorts ports =
      new LoopPorts(
          world.jobs,
          world.backlog,
          world.queues,
          world.dispatcher,
          world.endings,
          world.control,
          new MemoryWorkQueue<>("fleet", world.clock),
          world.fleet,
          world.places);
  final Batches batches = new Batches(ports, world.clock);
  final List<String> heard = new ArrayList<>();
  TaskHandler handler = (_, _) -> new TaskOutcome.Produced(List.of());
  final TaskRunner runner =
      new TaskRunner(
          ports,
          SETTINGS,
          (task, context) -> handler.handle(task, context),
          new Records(ME, "lame"),
          batches,
          new Ears(),
          world.clock);
  final Job job;

  OneRunner() throws IOException {
    job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
  }

  /** Writes down what happens. */
  final class Ears implements LoopListener {
    @Override
    public void started(Task task, Duration wait) {
      heard.add("started");
    }

    @Override
    public void ended(Task task, TaskOutcome outcome, Duration service) {
      heard.add(outcome.getClass().getSimpleName());
    }

    @Override
    public void lost(Task task) {
      heard.add("lost");
    }

    @Override
    public void renewalFailed(Task task) {
      heard.add("renewal failed");
    }
  }

  /** What renews its leases, at once when asked to. */
  Renewals renewals() {
    return renewals(SETTINGS);
  }

  Renewals renewals(LoopSettings settings) {
    return new Renewals(ports, settings, runner, new Ears(), world.clock, Runnable::run);
  }

  RunningTask receive() throws IOException {
    List<Lease<Task>> leases =
        world.queues.of(World.NORMAL).receive(1, Duration.ZERO, SETTINGS.visibility());
    assertThat(leases).hasSize(1);
    return new RunningTask(leases.getFirst(), ME, SETTINGS.visibility(), world.clock);
  }

  void run(RunningTask run) {
    runner.run(run);
    batches.flush();
  }

  RunningTask run() throws IOException {
    RunningTask run = receive();
    run(run);
    return run;
  }

  TaskRecord record(Task task) throws IOException {
    return world.jobs.find(task.account(), task.id()).orElseThrow();
  }

  boolean queueIsEmpty() throws IOException {
    return world.queues.of(World.NORMAL).counts().total() == 0;
  }

  boolean waits(Task task) throws IOException {
    return world.waiting(World.NORMAL).stream().map(PendingTask::task).anyMatch(task.id()::equals);
  }
}
