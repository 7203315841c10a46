package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.service.jobs.RunningPlaces;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TaskRunnerTest {

  private static final InstanceId ME = new InstanceId("i-me");
  private static final LoopSettings SETTINGS = LoopSettings.of(World.NORMAL.kind(), 2);

  private final World world = new World();
  private final LoopPorts ports =
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
  private final Batches batches = new Batches(ports);
  private final List<String> heard = new ArrayList<>();
  private TaskHandler handler = (_, _) -> new TaskOutcome.Produced(List.of());
  private TaskRunner runner =
      new TaskRunner(
          ports,
          SETTINGS,
          (task, context) -> handler.handle(task, context),
          new Records(ME, "lame"),
          batches,
          new Ears(),
          world.clock);
  private Job job;

  private final class Ears implements LoopListener {
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

  @BeforeEach
  void submit() throws IOException {
    job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
  }

  private RunningTask receive() throws IOException {
    List<Lease<Task>> leases =
        world.queues.of(World.NORMAL).receive(1, Duration.ZERO, SETTINGS.visibility());
    assertThat(leases).hasSize(1);
    return new RunningTask(leases.getFirst(), ME, SETTINGS.visibility(), world.clock);
  }

  private RunningTask run() throws IOException {
    RunningTask run = receive();
    runner.run(run);
    batches.flush();
    return run;
  }

  private TaskRecord record(Task task) throws IOException {
    return world.jobs.find(task.account(), task.id()).orElseThrow();
  }

  private boolean queueIsEmpty() throws IOException {
    return world.queues.of(World.NORMAL).counts().total() == 0;
  }

  private boolean waits(Task task) throws IOException {
    return world.waiting(World.NORMAL).stream().map(PendingTask::task).anyMatch(task.id()::equals);
  }

  @Test
  void a_task_whose_account_runs_its_limit_is_handed_back_and_nothing_is_counted()
      throws IOException {
    world.limits.put(job.account(), 1);
    var other = (RunningPlaces.Claim.Granted) world.places.claim(job.account());
    RunningTask run = receive();
    Task task = run.task();
    runner.run(run);
    batches.flush();
    assertThat(heard).isEmpty();
    assertThat(world.jobs.find(task.account(), task.id())).isEmpty();
    assertThat(world.waiting(World.NORMAL)).contains(task.pending());
    world.places.giveUp(other.place());
    world.clock.advance(Duration.ofSeconds(30));
    runner.run(receive());
    assertThat(heard).containsExactly("started", "Produced");
    assertThat(world.places.use(job.account())).contains(new RunningPlaces.Use(1, 0));
  }

  @Test
  void a_produced_task_is_recorded_leaves_the_backlog_and_its_message_ends() throws IOException {
    Product product = new Product("mp3-128", "pieces/x", 5, "audio/mpeg", Map.of());
    handler =
        (task, context) -> {
          assertThat(record(task).state()).isEqualTo(TaskState.RUNNING);
          assertThat(context.publishable()).isTrue();
          assertThat(context.instance()).isEqualTo(ME);
          return new TaskOutcome.Produced(List.of(product));
        };
    Task task = run().task();
    assertThat(record(task).state()).isEqualTo(TaskState.DONE);
    assertThat(record(task).products()).containsExactly(product);
    assertThat(record(task).attempts()).hasSize(1);
    assertThat(record(task).attempts().getFirst().outcome()).isEqualTo("produced");
    assertThat(queueIsEmpty()).isTrue();
    assertThat(waits(task)).isFalse();
    assertThat(heard).containsExactly("started", "Produced");
  }

  @Test
  void a_retry_waits_longer_each_time_and_at_last_is_dead_with_its_history() throws IOException {
    handler = (_, _) -> new TaskOutcome.Retry("no memory", Duration.ZERO, "tail");
    Task task = run().task();
    assertThat(record(task).state()).isEqualTo(TaskState.WAITING);
    assertThat(waits(task)).isTrue();
    for (int failures = 1; failures < SETTINGS.maxFailures(); failures++) {
      assertThat(record(task).failures()).isEqualTo(failures);
      world.clock.advance(LoopSettings.backoff(failures).minusSeconds(1));
      assertThat(world.queues.of(World.NORMAL).receive(1, Duration.ZERO, Duration.ofSeconds(9)))
          .isEmpty();
      world.clock.advance(Duration.ofSeconds(1));
      run();
    }
    assertThat(record(task).state()).isEqualTo(TaskState.DEAD);
    assertThat(record(task).attempts()).hasSize(4).allMatch(it -> it.cause().equals("no memory"));
    assertThat(queueIsEmpty()).isTrue();
    assertThat(world.queues.of(World.NORMAL).deadLetters().list(10))
        .hasSize(1)
        .allMatch(it -> it.reason().contains("no memory"));
  }

  @Test
  void a_rejected_task_ends_with_its_reason() throws IOException {
    handler = (_, _) -> new TaskOutcome.Rejected("this is a web page");
    Task task = run().task();
    assertThat(record(task).state()).isEqualTo(TaskState.REJECTED);
    assertThat(record(task).attempts().getFirst().cause()).isEqualTo("this is a web page");
    assertThat(queueIsEmpty()).isTrue();
  }

  @Test
  void a_postponed_task_comes_again_without_a_failure() throws IOException {
    handler =
        (_, _) -> new TaskOutcome.Postponed("its original is unpacked", Duration.ofSeconds(30));
    Task task = run().task();
    assertThat(record(task).failures()).isZero();
    world.clock.advance(Duration.ofSeconds(30));
    handler = (_, _) -> new TaskOutcome.Produced(List.of());
    run();
    assertThat(record(task).state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_task_handed_back_is_free_at_once_and_counts_no_failure() throws IOException {
    RunningTask run = receive();
    handler =
        (_, _) -> {
          run.stop(RunningTask.Why.HANDED_BACK, "drain");
          throw new InterruptedException();
        };
    runner.run(run);
    batches.flush();
    assertThat(record(run.task()).failures()).isZero();
    assertThat(waits(run.task())).isTrue();
    handler = (_, _) -> new TaskOutcome.Produced(List.of());
    assertThat(run().lease().receiveCount()).isEqualTo(2);
    assertThat(record(run.task()).attempts())
        .extracting(Attempt::outcome)
        .containsExactly("interrupted", "produced");
  }

  @Test
  void hand_backs_do_not_use_up_the_deliveries() throws IOException {
    handler = (_, _) -> new TaskOutcome.Interrupted("drain");
    for (int i = 0; i < 12; i++) {
      assertThat(run().lease().receiveCount()).isLessThanOrEqualTo(4);
    }
    assertThat(world.queues.of(World.NORMAL).deadLetters().count()).isZero();
  }

  @Test
  void a_lost_lease_writes_nothing() throws IOException {
    RunningTask run = receive();
    handler =
        (_, context) -> {
          run.stop(RunningTask.Why.LOST, "lost");
          assertThat(context.publishable()).isFalse();
          return new TaskOutcome.Produced(List.of());
        };
    runner.run(run);
    batches.flush();
    assertThat(record(run.task()).state()).isEqualTo(TaskState.RUNNING);
    assertThat(queueIsEmpty()).isFalse();
    assertThat(heard).containsExactly("started", "lost");
  }

  @Test
  void a_lease_that_was_never_renewed_is_not_trusted() throws IOException {
    handler =
        (_, context) -> {
          world.clock.advance(SETTINGS.visibility().minusSeconds(5));
          assertThat(context.publishable()).isFalse();
          return new TaskOutcome.Produced(List.of());
        };
    assertThat(record(run().task()).state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void the_next_one_takes_over_from_a_dead_instance_and_the_fifth_gives_up() throws IOException {
    handler =
        (_, _) -> {
          throw new AssertionError("the instance dies here");
        };
    RunningTask last = null;
    for (int i = 0; i < Records.MAX_CRASHES; i++) {
      RunningTask run = receive();
      try {
        runner.run(run);
      } catch (AssertionError e) {
        world.clock.advance(SETTINGS.visibility().plusSeconds(1));
      }
      last = run;
    }
    assertThat(last).isNotNull();
    assertThat(record(last.task()).attempts()).hasSize(Records.MAX_CRASHES);
    run();
    assertThat(record(last.task()).state()).isEqualTo(TaskState.DEAD);
    assertThat(world.queues.of(World.NORMAL).deadLetters().count()).isEqualTo(1);
    assertThat(queueIsEmpty()).isTrue();
  }

  @Test
  void a_second_message_of_a_task_that_is_being_done_waits() throws IOException {
    Task task = receive().task();
    world.jobs.begin(
        new Records(new InstanceId("i-other"), "").running(task, null, world.clock.instant()));
    world.queues.of(World.NORMAL).send(io.castloom.domain.queue.Outgoing.now(task, "demo"));
    run();
    assertThat(heard).isEmpty();
    world.jobs.record(World.record(task, TaskState.DONE));
    world.clock.advance(Duration.ofMinutes(1));
    run();
    assertThat(heard).isEmpty();
    assertThat(record(task).state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_cancelled_task_is_never_started() throws IOException {
    world.orders().cancel(job.account(), job.id());
    run();
    assertThat(heard).isEmpty();
    assertThat(queueIsEmpty()).isTrue();
  }

  @Test
  void a_running_task_that_is_cancelled_ends_so() throws IOException {
    RunningTask run = receive();
    handler =
        (_, _) -> {
          run.stop(RunningTask.Why.CANCELLED, "by its owner");
          throw new IOException("the tool was killed");
        };
    runner.run(run);
    batches.flush();
    assertThat(record(run.task()).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(queueIsEmpty()).isTrue();
  }

  @Test
  void the_last_finisher_notes_the_end_of_a_job() throws IOException {
    run();
    Job two = world.submit("demo", "b.wav", Priority.NORMAL, "mp3-128", "mp3-192");
    run();
    assertThat(world.ended).isEmpty();
    run();
    assertThat(world.ended).containsExactly(two.id() + " done");
  }

  @Test
  void a_fault_of_the_handler_is_a_failure_that_passes() throws IOException {
    handler =
        (_, _) -> {
          throw new IllegalStateException("bug");
        };
    Task task = run().task();
    assertThat(record(task).state()).isEqualTo(TaskState.WAITING);
    assertThat(record(task).attempts().getFirst().cause()).contains("bug");
  }

  @Test
  void a_quick_task_is_recorded_once_and_a_slow_one_of_them_after_a_second() throws IOException {
    run();
    Task quick = quickTask();
    world.queues.of(World.NORMAL).send(io.castloom.domain.queue.Outgoing.now(quick, "demo"));
    RunningTask run = receive();
    Renewals renewals =
        new Renewals(ports, SETTINGS, runner, new Ears(), world.clock, Runnable::run);
    handler =
        (task, _) -> {
          assertThat(world.jobs.find(task.account(), task.id())).isEmpty();
          renewals.tick(List.of(run));
          assertThat(world.jobs.find(task.account(), task.id())).isEmpty();
          world.clock.advance(Duration.ofSeconds(2));
          renewals.tick(List.of(run));
          assertThat(record(task).state()).isEqualTo(TaskState.RUNNING);
          return new TaskOutcome.Produced(List.of());
        };
    runner.run(run);
    assertThat(record(quick).state()).isEqualTo(TaskState.DONE);
  }

  private Task quickTask() {
    Task task =
        io.castloom.domain.job.JobFlow.of(
                io.castloom.domain.job.Samples.aJob(
                    new AccountId("demo"), "q.wav", Priority.NORMAL, "mp3-128"),
                Map.of())
            .ready(world.clock.instant())
            .getFirst();
    return new Task(
        task.id(),
        World.NORMAL,
        task.account(),
        task.enqueuedAt(),
        Duration.ofMillis(100),
        task.spec(),
        true);
  }

  @Test
  void leases_are_renewed_in_time_and_a_cancelled_job_is_noticed() throws IOException {
    RunningTask run = receive();
    Renewals renewals =
        new Renewals(ports, SETTINGS, runner, new Ears(), world.clock, Runnable::run);
    for (int second = 0; second < 600; second++) {
      world.clock.advance(Duration.ofSeconds(1));
      renewals.tick(List.of(run));
      assertThat(run.publishable()).isTrue();
    }
    assertThat(run.stopping()).isFalse();
    world.jobs.cancel(job.account(), job.id());
    for (int second = 0; second < 60; second++) {
      world.clock.advance(Duration.ofSeconds(1));
      renewals.tick(List.of(run));
    }
    assertThat(run.ending())
        .isEqualTo(new RunningTask.Ending(RunningTask.Why.CANCELLED, "the job was cancelled"));
  }

  @Test
  void a_lease_that_ran_out_stops_its_task() throws IOException {
    RunningTask run = receive();
    world.clock.advance(SETTINGS.visibility().plusSeconds(1));
    new Renewals(ports, SETTINGS, runner, new Ears(), world.clock, Runnable::run)
        .tick(List.of(run));
    assertThat(run.isLost()).isTrue();
  }
}
