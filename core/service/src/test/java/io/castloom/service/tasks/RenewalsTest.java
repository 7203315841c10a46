package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.queue.Lease;
import io.castloom.service.jobs.RunningPlaces;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RenewalsTest {

  private OneRunner it;

  @BeforeEach
  void begin() throws IOException {
    it = new OneRunner();
  }

  @Test
  void a_lost_lease_writes_nothing() throws IOException {
    RunningTask run = it.receive();
    it.handler =
        (_, context) -> {
          run.stop(RunningTask.Why.LOST, "lost");
          assertThat(context.publishable()).isFalse();
          return new TaskOutcome.Produced(List.of());
        };
    it.run(run);
    assertThat(it.record(run.task()).state()).isEqualTo(TaskState.RUNNING);
    assertThat(it.queueIsEmpty()).isFalse();
    assertThat(it.heard).containsExactly("started", "lost");
  }

  @Test
  void a_lease_that_was_never_renewed_is_not_trusted() throws IOException {
    it.handler =
        (_, context) -> {
          it.world.clock.advance(OneRunner.SETTINGS.visibility().minusSeconds(5));
          assertThat(context.publishable()).isFalse();
          return new TaskOutcome.Produced(List.of());
        };
    assertThat(it.record(it.run().task()).state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void a_quick_task_is_recorded_once_and_a_slow_one_of_them_after_a_second() throws IOException {
    it.run();
    Task quick = quickTask();
    it.world.queues.of(World.NORMAL).send(io.castloom.domain.queue.Outgoing.now(quick, "demo"));
    RunningTask run = it.receive();
    Renewals renewals = it.renewals();
    it.handler =
        (task, _) -> {
          assertThat(it.world.jobs.find(task.account(), task.id())).isEmpty();
          renewals.tick(List.of(run));
          assertThat(it.world.jobs.find(task.account(), task.id())).isEmpty();
          it.world.clock.advance(Duration.ofSeconds(2));
          renewals.tick(List.of(run));
          assertThat(it.record(task).state()).isEqualTo(TaskState.RUNNING);
          return new TaskOutcome.Produced(List.of());
        };
    it.run(run);
    assertThat(it.record(quick).state()).isEqualTo(TaskState.DONE);
  }

  private Task quickTask() {
    Task task =
        io.castloom.domain.job.JobFlow.of(
                io.castloom.domain.job.Samples.aJob(
                    new AccountId("demo"), "q.wav", Priority.NORMAL, "mp3-128"),
                Map.of())
            .ready(it.world.clock.instant())
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
    RunningTask run = it.receive();
    Renewals renewals = it.renewals();
    for (int second = 0; second < 600; second++) {
      it.world.clock.advance(Duration.ofSeconds(1));
      renewals.tick(List.of(run));
      assertThat(run.publishable()).isTrue();
    }
    assertThat(run.stopping()).isFalse();
    it.world.jobs.cancel(it.job.account(), it.job.id());
    for (int second = 0; second < 60; second++) {
      it.world.clock.advance(Duration.ofSeconds(1));
      renewals.tick(List.of(run));
    }
    assertThat(run.ending())
        .isEqualTo(new RunningTask.Ending(RunningTask.Why.CANCELLED, "the job was cancelled"));
  }

  @Test
  void a_lease_that_ran_out_stops_its_task() throws IOException {
    RunningTask run = it.receive();
    it.world.clock.advance(OneRunner.SETTINGS.visibility().plusSeconds(1));
    it.renewals().tick(List.of(run));
    assertThat(run.isLost()).isTrue();
  }

  @Test
  void a_message_that_comes_again_while_its_lost_task_stops_is_worked_off_at_once()
      throws IOException {
    Hands hands = new Hands(1);
    hands.mode(Heartbeat.Mode.WORKING);
    RunningTask run = it.receive();
    assertThat(hands.take(run)).isTrue();
    hands.enterSlot(run);
    it.handler =
        (_, _) -> {
          it.world.clock.advance(OneRunner.SETTINGS.visibility().plusSeconds(1));
          it.renewals().tick(hands.all());
          assertThat(run.isLost()).isTrue();
          assertThat(hands.take(it.receive())).isFalse(); // in hand, and stopping
          return new TaskOutcome.Produced(List.of());
        };
    it.run(run);
    RunningTask again = hands.leave(run);
    assertThat(again).isNotNull();
    assertThat(hands.all()).containsExactly(again);

    it.handler = (_, _) -> new TaskOutcome.Produced(List.of());
    hands.enterSlot(again);
    it.run(again);

    assertThat(hands.leave(again)).isNull();
    assertThat(hands.all()).isEmpty();
    assertThat(it.record(run.task()).state()).isEqualTo(TaskState.DONE);
    assertThat(it.queueIsEmpty()).isTrue();
  }

  @Test
  void the_loss_of_an_older_lease_stops_nothing_that_has_a_newer_one() throws IOException {
    Hands hands = new Hands(1);
    RunningTask run = it.receive();
    Lease<Task> older = run.lease();
    hands.take(run);
    it.world.clock.advance(OneRunner.SETTINGS.visibility().plusSeconds(1));
    hands.take(it.receive());
    run.lost(older, "the lease is lost");
    assertThat(run.isLost()).isFalse();
    assertThat(run.publishable()).isTrue();
  }

  @Test
  void a_place_in_an_accounts_limit_is_held_however_seldom_the_lease_is_renewed()
      throws IOException {
    it.world.limits.put(it.job.account(), 1);
    RunningTask run = it.receive();
    var granted = (RunningPlaces.Claim.Granted) it.world.places.claim(it.job.account());
    run.place(granted.place());
    LoopSettings usual = OneRunner.SETTINGS;
    LoopSettings longLeases =
        new LoopSettings(
            usual.kind(),
            usual.slots(),
            usual.maxFailures(),
            Duration.ofHours(2),
            Duration.ofMinutes(40),
            usual.stopGrace(),
            usual.pollWait(),
            usual.heartbeatEvery(),
            usual.lonelyLife());
    Renewals renewals = it.renewals(longLeases);
    for (int second = 0; second < 600; second++) {
      it.world.clock.advance(Duration.ofSeconds(1));
      renewals.tick(List.of(run));
      assertThat(it.world.places.use(it.job.account()).orElseThrow().running()).isEqualTo(1);
    }
  }
}
