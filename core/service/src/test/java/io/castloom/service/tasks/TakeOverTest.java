package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.job.PendingTask;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.fleet.FleetStatus;
import io.castloom.service.jobs.Escalation;
import io.castloom.service.jobs.World;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TakeOverTest {

  private static final InstanceId OTHER = new InstanceId("i-other");

  private OneRunner it;

  @BeforeEach
  void begin() throws IOException {
    it = new OneRunner();
  }

  @Test
  void the_next_one_takes_over_from_a_dead_instance_and_the_fifth_gives_up() throws IOException {
    it.handler =
        (_, _) -> {
          throw new AssertionError("the instance dies here");
        };
    RunningTask last = null;
    for (int i = 0; i < Records.MAX_CRASHES; i++) {
      RunningTask run = it.receive();
      try {
        it.run(run);
      } catch (AssertionError e) {
        it.world.clock.advance(OneRunner.SETTINGS.visibility().plusSeconds(1));
      }
      last = run;
    }
    assertThat(last).isNotNull();
    assertThat(it.record(last.task()).attempts()).hasSize(Records.MAX_CRASHES);
    it.run();
    assertThat(it.record(last.task()).state()).isEqualTo(TaskState.DEAD);
    assertThat(it.world.queues.of(World.NORMAL).deadLetters().count()).isEqualTo(1);
    assertThat(it.queueIsEmpty()).isTrue();
  }

  @Test
  void a_second_message_of_a_task_that_is_being_done_waits() throws IOException {
    Task task = it.receive().task();
    it.world.jobs.begin(new Records(OTHER, "").running(task, null, it.world.clock.instant()));
    it.world.queues.of(World.NORMAL).send(io.castloom.domain.queue.Outgoing.now(task, "demo"));
    it.run();
    assertThat(it.heard).isEmpty();
    it.world.jobs.record(World.record(task, TaskState.DONE));
    it.world.clock.advance(Duration.ofMinutes(1));
    it.run();
    assertThat(it.heard).isEmpty();
    assertThat(it.record(task).state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_message_that_is_delivered_once_more_while_its_task_is_done_elsewhere_is_handed_back()
      throws IOException {
    Task task = it.receive().task();
    it.world.jobs.begin(new Records(OTHER, "").running(task, null, it.world.clock.instant()));
    for (int i = 0; i < 12; i++) {
      it.world.clock.advance(OneRunner.SETTINGS.visibility());
      heard(task);
      it.run();
    }
    assertThat(it.heard).isEmpty();
    assertThat(it.record(task).attempts()).hasSize(1);
    assertThat(it.world.queues.of(World.NORMAL).deadLetters().count()).isZero();
  }

  @Test
  void a_holder_that_dropped_its_task_is_not_waited_for() throws IOException {
    Task task = it.receive().task();
    it.world.jobs.begin(new Records(OTHER, "").running(task, null, it.world.clock.instant()));
    it.world.clock.advance(OneRunner.SETTINGS.visibility());
    heard();
    it.run();
    assertThat(it.heard).containsExactly("started", "Produced");
  }

  @Test
  void a_raised_task_that_is_done_by_its_old_message_waits_in_no_class() throws IOException {
    Task task = it.receive().task();
    WorkClass high = new WorkClass(World.NORMAL.kind(), Priority.HIGH);
    it.world.clock.advance(OneRunner.SETTINGS.visibility());
    new Escalation(
            it.world.backlog,
            it.world.dispatcher,
            new Escalation.Rules(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO),
            it.world.clock)
        .raise();
    assertThat(it.world.waiting(high)).extracting(PendingTask::task).contains(task.id());
    it.run();
    assertThat(it.heard).containsExactly("started", "Produced");
    assertThat(it.world.waiting(high)).extracting(PendingTask::task).doesNotContain(task.id());
    assertThat(it.waits(task)).isFalse();
  }

  @Test
  void a_task_that_runs_elsewhere_does_not_wait() throws IOException {
    Task task = it.receive().task();
    it.world.jobs.begin(new Records(OTHER, "").running(task, null, it.world.clock.instant()));
    it.world.clock.advance(OneRunner.SETTINGS.visibility());
    heard(task);
    it.run();
    assertThat(it.heard).isEmpty();
    assertThat(it.waits(task)).isFalse();
  }

  /** The other instance's heartbeat has just arrived, with these tasks. */
  private void heard(Task... running) throws IOException {
    Instant now = it.world.clock.instant();
    FleetStatus.Member member =
        new FleetStatus.Member(
            OTHER,
            World.NORMAL.kind(),
            FleetStatus.State.WORKING,
            null,
            "process",
            1,
            null,
            null,
            now,
            "",
            Stream.of(running)
                .map(
                    task ->
                        new Heartbeat.Running(
                            task.id(), task.workClass(), task.account(), now, Duration.ZERO, 0.5))
                .toList());
    FleetStatus status =
        new FleetStatus(now, "scaler", 1, Duration.ZERO, List.of(member), Map.of(), List.of());
    it.world.store.put(FleetStatus.KEY, Json.data(status), PutCondition.always());
  }
}
