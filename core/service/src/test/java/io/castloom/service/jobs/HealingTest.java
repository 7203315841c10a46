package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.control.Command;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.queue.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HealingTest {

  private static final List<AccountId> DEMO = List.of(new AccountId("demo"));

  private final World world = new World();

  private void loseMessages() throws IOException {
    world
        .queues
        .of(World.NORMAL)
        .completeAll(
            world.queues.of(World.NORMAL).receive(10, Duration.ZERO, Duration.ofMinutes(1)));
  }

  @Test
  void a_lost_message_is_sent_again_after_the_bound() throws IOException {
    Sweeper sweeper = world.sweeper();
    world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    loseMessages();
    assertThat(sweeper.sweep(List.of(TaskKind.TRANSCODE)).sent()).isZero();
    world.clock.advance(Sweeper.BOUND);
    assertThat(sweeper.sweep(List.of(TaskKind.TRANSCODE)).sent()).isEqualTo(1);
    assertThat(world.receiveAll(World.NORMAL)).hasSize(1);
  }

  @Test
  void a_message_that_is_there_is_not_sent_again_before_long() throws IOException {
    Sweeper sweeper = world.sweeper();
    world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    sweeper.sweep(List.of(TaskKind.TRANSCODE));
    world.clock.advance(Sweeper.BOUND.plusSeconds(60));
    assertThat(sweeper.sweep(List.of(TaskKind.TRANSCODE)).sent()).isZero();
    world.clock.advance(Sweeper.ANYWAY);
    assertThat(sweeper.sweep(List.of(TaskKind.TRANSCODE)).sent()).isEqualTo(2);
    assertThat(sweeper.sweep(List.of(TaskKind.TRANSCODE)).sent()).isZero();
  }

  @Test
  void an_entry_of_a_started_task_or_of_no_job_is_removed() throws IOException {
    Sweeper sweeper = world.sweeper();
    world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    Job gone = world.submit("demo", "b.wav", Priority.NORMAL, "mp3-128");
    List<Task> tasks = world.receiveAll(World.NORMAL);
    world.jobs.begin(World.record(tasks.getFirst(), TaskState.RUNNING));
    world.store.delete(StoredJobs.folder(gone.account(), gone.id()) + "job.json");
    sweeper.sweep(List.of(TaskKind.TRANSCODE));
    world.clock.advance(Sweeper.BOUND);
    loseMessages();
    assertThat(sweeper.sweep(List.of(TaskKind.TRANSCODE))).isEqualTo(new Sweeper.Swept(0, 2));
    assertThat(world.waiting(World.NORMAL)).isEmpty();
  }

  @Test
  void a_job_whose_tasks_are_all_done_is_folded_again() throws IOException {
    Job job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128", "flac");
    for (Task task : world.receiveAll(World.NORMAL)) {
      world.jobs.record(World.record(task, TaskState.DONE));
    }
    world.clock.advance(Duration.ofMinutes(20));
    JobHealer healer = world.healer();
    assertThat(healer.heal(DEMO)).isEqualTo(new JobHealer.Healed(1, 0));
    assertThat(world.jobs.ending(job.account(), job.id()).map(JobStore.Ending::state))
        .contains(JobState.DONE);
    assertThat(world.ended).containsExactly(job.id() + " done");
    assertThat(healer.heal(DEMO)).isEqualTo(new JobHealer.Healed(0, 0));
  }

  @Test
  void a_task_with_neither_entry_nor_try_gets_onto_its_queue() throws IOException {
    world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    loseMessages();
    world.backlog.remove(world.waiting(World.NORMAL));
    world.clock.advance(Duration.ofMinutes(6));
    assertThat(world.healer().heal(DEMO).sent()).isEqualTo(1);
    assertThat(world.receiveAll(World.NORMAL)).hasSize(1);
  }

  @Test
  void everything_is_rebuilt_from_the_bucket_alone() throws IOException {
    World lost = world;
    lost.submit("demo", "a.wav", Priority.NORMAL, "mp3-128");
    lost.submit("demo", "b.wav", Priority.NORMAL, "mp3-128");
    loseMessages();
    lost.backlog.remove(List.of(lost.waiting(World.NORMAL).getFirst()));
    lost.clock.advance(Duration.ofDays(30));
    Rebuild.Rebuilt rebuilt = new Rebuild(lost.backlog, lost.dispatcher, lost.healer()).run(DEMO);
    assertThat(rebuilt).isEqualTo(new Rebuild.Rebuilt(3, 1, 0));
    assertThat(lost.receiveAll(World.NORMAL)).hasSize(2);
  }

  @Test
  void a_cancelled_job_never_starts_and_its_runners_are_told() throws IOException {
    Job job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128", "flac");
    List<Task> tasks = world.receiveAll(World.NORMAL);
    InstanceId runner = new InstanceId("i-1");
    Attempt attempt = new Attempt("i-1", "lame", world.clock.instant(), null, null, "", "");
    world.jobs.begin(
        new TaskRecord(
            tasks.getFirst().id(),
            job.account(),
            TaskState.RUNNING,
            0,
            List.of(attempt),
            List.of()));
    var commands = world.control.open(runner);
    assertThat(world.orders().cancel(job.account(), job.id()))
        .isEqualTo(new JobOrders.Outcome.Accepted(job));
    assertThat(commands.receive(10, Duration.ZERO, Duration.ofSeconds(10)))
        .extracting(Lease::body)
        .extracting(directive -> directive.command())
        .containsExactly(new Command.CancelTask(tasks.getFirst().id()));
    assertThat(world.waiting(World.NORMAL)).isEmpty();
    Map<?, TaskRecord> records = world.jobs.records(job.account(), job.id());
    assertThat(records.get(tasks.getLast().id()))
        .extracting(TaskRecord::state)
        .isEqualTo(TaskState.CANCELLED);
    assertThat(world.ended).containsExactly(job.id() + " cancelled");
  }

  @Test
  void a_failed_job_is_tried_again_for_what_is_missing() throws IOException {
    Job job = world.submit("demo", "a.wav", Priority.NORMAL, "mp3-128", "flac");
    List<Task> tasks = world.receiveAll(World.NORMAL);
    world.jobs.record(World.record(tasks.get(0), TaskState.DONE));
    assertThat(world.orders().retry(job.account(), job.id()))
        .isInstanceOf(JobOrders.Outcome.Refused.class);
    world.jobs.record(World.record(tasks.get(1), TaskState.DEAD));
    world.clock.advance(Duration.ofHours(1));
    world.backlog.remove(tasks.stream().map(Task::pending).toList());
    loseMessages();
    assertThat(world.orders().retry(job.account(), job.id()))
        .isEqualTo(new JobOrders.Outcome.Accepted(job));
    assertThat(world.receiveAll(World.NORMAL)).extracting(Task::id).contains(tasks.get(1).id());
    assertThat(JobFlow.of(job, world.jobs.records(job.account(), job.id())).records())
        .containsOnlyKeys(tasks.get(0).id());
  }
}
