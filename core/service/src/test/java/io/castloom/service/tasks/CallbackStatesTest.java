package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobOrders;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which states of a job its owner is told of. */
final class CallbackStatesTest {

  private static final LoopSettings SETTINGS = LoopSettings.of(World.NORMAL.kind(), 2);

  private final World world = new World();
  private final Callbacks callbacks = new Callbacks(world.dispatcher);
  private int untold;
  private final Endings endings =
      new Endings(
          world.jobs,
          (job, ending, first) -> {
            if (untold-- > 0) {
              throw new IOException("status 503");
            }
            callbacks.ended(job, ending, first);
          });
  private final LoopPorts ports =
      new LoopPorts(
          world.jobs,
          world.backlog,
          world.queues,
          world.dispatcher,
          endings,
          world.control,
          new MemoryWorkQueue<>("fleet", world.clock),
          world.fleet,
          world.places);
  private final Batches batches = new Batches(ports, world.clock);
  private final List<String> told = new ArrayList<>();
  private TaskOutcome outcome = new TaskOutcome.Produced(List.of());

  private TaskRunner runner(String instance) {
    return new TaskRunner(
        ports,
        SETTINGS,
        (task, _) -> {
          if (task.spec() instanceof TaskSpec.Callback callback) {
            told.add(callback.state().slug());
            return new TaskOutcome.Produced(List.of());
          }
          return outcome;
        },
        new Records(new InstanceId(instance), "lame"),
        batches,
        new Deaf(),
        world.clock);
  }

  private static final class Deaf implements LoopListener {
    @Override
    public void started(Task task, Duration wait) {}

    @Override
    public void ended(Task task, TaskOutcome outcome, Duration service) {}

    @Override
    public void lost(Task task) {}

    @Override
    public void renewalFailed(Task task) {}
  }

  private Job submit() throws IOException {
    Job plain = Samples.aJob(Samples.DEMO, "a.wav", Priority.NORMAL, "mp3-128", "flac");
    return world.dispatcher.submit(
        JobPlanner.plan(
            plain.original(),
            plain.profiles(),
            Priority.NORMAL,
            "https://podcaster.example/told",
            null,
            Job.Policy.DEFAULT,
            world.clock.instant()));
  }

  /** Two instances do whatever waits, in turns. */
  private void work() throws IOException {
    List<TaskRunner> instances = List.of(runner("i-1"), runner("i-2"));
    int turn = 0;
    List<Lease<Task>> some;
    do {
      some = world.queues.of(World.NORMAL).receive(1, Duration.ZERO, SETTINGS.visibility());
      for (Lease<Task> lease : some) {
        instances
            .get(turn++ % 2)
            .run(new RunningTask(lease, new InstanceId("i-1"), SETTINGS.visibility(), world.clock));
        batches.flush();
      }
    } while (!some.isEmpty());
  }

  @Test
  void the_owner_is_told_once_that_it_waits_runs_and_is_done() throws IOException {
    submit();
    world.clock.advance(Duration.ofSeconds(2));
    submit();
    work();
    assertThat(told).containsExactly("queued", "running", "done");
  }

  @Test
  void a_rejected_job_that_is_retried_waits_again() throws IOException {
    outcome = new TaskOutcome.Rejected("a web page");
    Job job = submit();
    work();
    assertThat(told).containsExactly("queued", "running", "rejected");
    told.clear();
    world.clock.advance(Duration.ofSeconds(2));
    outcome = new TaskOutcome.Produced(List.of());
    JobOrders orders =
        new JobOrders(
            world.jobs, world.backlog, world.dispatcher, world.control, endings, world.clock);
    assertThat(orders.retry(job.account(), job.id()))
        .isEqualTo(new JobOrders.Outcome.Accepted(job));
    work();
    assertThat(told).containsExactly("queued", "done");
  }

  @Test
  void an_end_that_was_noted_but_not_told_is_told_when_the_task_comes_again() throws IOException {
    untold = 1;
    submit();
    work();
    assertThat(told).containsExactly("queued", "running");
    world.clock.advance(SETTINGS.visibility());
    work();
    assertThat(told).containsExactly("queued", "running", "done");
    world.clock.advance(SETTINGS.visibility());
    work();
    assertThat(told).hasSize(3);
  }

  @Test
  void a_cancelled_job_is_told_of() throws IOException {
    Job job = submit();
    new JobOrders(world.jobs, world.backlog, world.dispatcher, world.control, endings, world.clock)
        .cancel(job.account(), job.id());
    work();
    assertThat(told).containsExactly("queued", "cancelled");
  }
}
