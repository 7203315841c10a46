package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobPlanner;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.service.callbacks.Callbacks;
import io.castloom.service.jobs.Dispatcher;
import io.castloom.service.jobs.Endings;
import io.castloom.service.jobs.JobOrders;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which states of a job its owner is told of. */
final class CallbackStatesTest {

  private static final LoopSettings SETTINGS = LoopSettings.of(World.NORMAL.kind(), 2);

  private final World world = new World();
  private final Callbacks callbacks = new Callbacks(world.dispatcher);
  private int untold;
  private int unsent;
  private boolean dies;
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
          new Dispatcher(
              world.jobs,
              new Unsending(),
              world.queues,
              new Dispatcher.Fairness(_ -> 2, _ -> 1, 200),
              world.clock),
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

  /** An instance's end without any warning. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Where the telling that a job runs is lost. */
  private final class Unsending implements Backlog {
    @Override
    public void add(Task task, boolean held) throws IOException {
      if (task.id().name().equals("callback-running")) {
        if (dies) {
          throw new Death();
        }
        if (unsent-- > 0) {
          throw new IOException("status 503");
        }
      }
      world.backlog.add(task, held);
    }

    @Override
    public Optional<Task> message(PendingTask task) throws IOException {
      return world.backlog.message(task);
    }

    @Override
    public void remove(Collection<PendingTask> tasks) throws IOException {
      world.backlog.remove(tasks);
    }

    @Override
    public Optional<Task> release(PendingTask held) throws IOException {
      return world.backlog.release(held);
    }

    @Override
    public Page oldest(WorkClass workClass, @Nullable PendingTask after, int limit)
        throws IOException {
      return world.backlog.oldest(workClass, after, limit);
    }
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

  @Test
  void that_it_runs_is_told_after_a_fault_at_the_first_tasks_beginning() throws IOException {
    submit();
    unsent = 1;
    work();
    assertThat(told).contains("queued", "done").containsOnlyOnce("running");
  }

  @Test
  void that_it_runs_is_told_by_whoever_takes_over_from_one_who_died_before_he_told()
      throws IOException {
    Job job = submit();
    dies = true;
    assertThatThrownBy(this::work).isInstanceOf(Death.class);
    assertThat(world.jobs.find(job.account(), new TaskId(job.id(), "callback-running")))
        .isPresent(); // noted, and not sent
    dies = false;
    world.clock.advance(SETTINGS.visibility());
    work();
    world.clock.advance(SETTINGS.visibility());
    work();
    assertThat(told).contains("queued", "done").containsOnlyOnce("running");
  }
}
