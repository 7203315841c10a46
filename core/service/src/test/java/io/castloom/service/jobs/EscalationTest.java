package io.castloom.service.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EscalationTest {

  private static final WorkClass HIGH = new WorkClass(TaskKind.TRANSCODE, Priority.HIGH);
  private static final WorkClass BULK = new WorkClass(TaskKind.TRANSCODE, Priority.BULK);

  private final World world = new World();

  private int raise(Escalation.Rules rules) throws IOException {
    return new Escalation(world.backlog, world.dispatcher, rules, world.clock).raise();
  }

  @Test
  void a_task_that_waits_long_rises_by_one_class_and_keeps_its_age() throws IOException {
    Job job = world.submit("demo", "a.wav", Priority.BULK, "mp3-128");
    List<PendingTask> before = world.waiting(BULK); // the encoding, and the analysis beside it
    world.clock.advance(Duration.ofHours(11));
    assertThat(raise(Escalation.Rules.DEFAULT)).isZero();
    world.clock.advance(Duration.ofHours(2));
    assertThat(raise(Escalation.Rules.DEFAULT)).isEqualTo(2);
    assertThat(world.waiting(BULK)).isEmpty();
    assertThat(world.waiting(World.NORMAL))
        .extracting(PendingTask::enqueuedAt)
        .containsOnly(before.getFirst().enqueuedAt());
    assertThat(world.receiveAll(World.NORMAL))
        .extracting(Task::id)
        .containsExactlyInAnyOrderElementsOf(before.stream().map(PendingTask::task).toList());
    assertThat(raise(Escalation.Rules.DEFAULT)).isZero();
    assertThat(world.why().of(job, JobFlow.of(job, Map.of())).sentence())
        .startsWith("raised from bulk to normal, as it waited long; nothing is ahead");
  }

  @Test
  void held_tasks_rise_and_stay_held_so_that_windows_hold() throws IOException {
    world.slots = 1;
    for (int i = 0; i < 6; i++) {
      world.submit("flood", i + ".wav", Priority.BULK, "mp3-128");
    }
    world.clock.advance(Duration.ofHours(13));
    assertThat(raise(Escalation.Rules.DEFAULT)).isEqualTo(12);
    assertThat(world.receiveAll(World.NORMAL)).hasSize(2);
    assertThat(world.waiting(World.NORMAL).stream().filter(PendingTask::held)).hasSize(10);
  }

  @Test
  void a_flood_that_rises_bit_by_bit_stays_within_its_window() throws IOException {
    world.slots = 1;
    for (int i = 0; i < 6; i++) {
      world.submit("flood", i + ".wav", Priority.BULK, "mp3-128");
      world.clock.advance(Duration.ofHours(1));
    }
    world.clock.advance(Duration.ofHours(6));
    for (int i = 0; i < 6; i++) {
      world.clock.advance(Duration.ofHours(1));
      raise(Escalation.Rules.DEFAULT);
      world.dispatcher.releaseHeld(BULK, 100);
    }
    assertThat(world.receiveAll(World.NORMAL)).hasSize(2);
  }

  @Test
  void a_job_becomes_high_when_its_deadline_nears() throws IOException {
    Job job =
        world.dispatcher.submit(
            Samples.aJob(Samples.DEMO, "a.wav", Priority.BULK, "mp3-128")
                .withDeadline(world.clock.instant().plus(Duration.ofHours(1))));
    assertThat(raise(Escalation.Rules.DEFAULT)).isZero();
    assertThat(world.why().of(job, JobFlow.of(job, Map.of())).sentence())
        .startsWith("wanted within 60 min; nothing is ahead");
    world.clock.advance(Duration.ofMinutes(46));
    assertThat(raise(Escalation.Rules.DEFAULT)).isEqualTo(1);
    assertThat(world.receiveAll(HIGH)).hasSize(1);
    assertThat(world.why().of(job, JobFlow.of(job, Map.of())).sentence())
        .contains("raised from bulk to high");
  }

  @Test
  void a_deadline_is_seen_behind_thousands_and_goes_before_hundreds_that_only_waited_long()
      throws IOException {
    Task pattern = aTask("old.wav");
    for (int i = 0; i < 6_000; i++) {
      world.backlog.add(copy(pattern, "encode-" + i, world.clock.instant().plusMillis(i)), true);
    }
    world.clock.advance(Duration.ofHours(11));
    Job wanted =
        world.dispatcher.submit(
            Samples.aJob(Samples.DEMO, "wanted.wav", Priority.BULK, "mp3-128")
                .withDeadline(world.clock.instant().plus(Duration.ofHours(2))));
    world.clock.advance(Duration.ofMinutes(119));
    assertThat(raise(Escalation.Rules.DEFAULT)).isEqualTo(200);
    assertThat(world.receiveAll(HIGH))
        .extracting(task -> task.id().job())
        .containsOnly(wanted.id());
  }

  private Task aTask(String name) throws IOException {
    world.submit("demo", name, Priority.BULK, "mp3-128");
    return world.receiveAll(BULK).getFirst();
  }

  private static Task copy(Task task, String name, Instant at) {
    return new Task(
        new TaskId(task.id().job(), name),
        task.workClass(),
        task.account(),
        at,
        task.estimate(),
        task.spec(),
        true);
  }

  @Test
  void nothing_rises_when_it_is_set_so() throws IOException {
    world.submit("demo", "a.wav", Priority.BULK, "mp3-128");
    world.clock.advance(Duration.ofDays(3));
    assertThat(raise(new Escalation.Rules(Duration.ZERO, Duration.ZERO, Duration.ZERO))).isZero();
  }

  @Test
  void jobs_that_have_begun_go_first_and_of_those_the_one_with_the_fewest_left()
      throws IOException {
    world.slots = 1;
    for (int i = 0; i < 4; i++) {
      world.submit("demo", i + ".wav", Priority.NORMAL, "mp3-128");
      world.clock.advance(Duration.ofMillis(1));
    }
    List<Task> first = world.receiveAll(World.NORMAL);
    assertThat(first).hasSize(2);
    List<Task> many = followers("many.wav", "mp3-128", "flac", "opus-64", "mp3-192");
    List<Task> few = followers("few.wav", "mp3-128", "flac", "opus-64");
    world.dispatcher.enqueueNext(many);
    world.dispatcher.enqueueNext(few);
    List<Task> order = new ArrayList<>();
    List<Task> some = first;
    while (!some.isEmpty()) {
      world.backlog.remove(some.stream().map(Task::pending).toList());
      world.clock.advance(Duration.ofSeconds(2));
      world.dispatcher.releaseHeld(World.NORMAL, 100);
      some = world.receiveAll(World.NORMAL);
      order.addAll(some);
    }
    assertThat(order.stream().map(task -> task.id().job()).distinct())
        .startsWith(few.getFirst().id().job(), many.getFirst().id().job());
    assertThat(order).hasSize(9);
  }

  /** The encodings of a job whose analysis is done. */
  private List<Task> followers(String name, String... profiles) throws IOException {
    Job plain = Samples.aJob(Samples.DEMO, name, Priority.NORMAL, profiles);
    Job job =
        world.jobs.open(
            io.castloom.domain.job.JobPlanner.plan(
                plain.original(),
                plain.profiles().stream().map(profile -> profile.withLoudness(-16)).toList(),
                Priority.NORMAL,
                null,
                null,
                Job.Policy.DEFAULT,
                world.clock.instant()));
    Task analyse = JobFlow.of(job, Map.of()).ready(world.clock.instant()).getFirst();
    world.jobs.begin(World.record(analyse, TaskState.DONE));
    return JobFlow.of(job, world.jobs.records(job.account(), job.id()))
        .ready(world.clock.instant());
  }
}
