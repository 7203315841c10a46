package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Attempt;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskState;
import io.castloom.service.jobs.RunningPlaces;
import io.castloom.service.jobs.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TaskRunnerTest {

  private OneRunner it;

  @BeforeEach
  void begin() throws IOException {
    it = new OneRunner();
  }

  @Test
  void a_task_whose_account_runs_its_limit_is_handed_back_and_nothing_is_counted()
      throws IOException {
    it.world.limits.put(it.job.account(), 1);
    var other = (RunningPlaces.Claim.Granted) it.world.places.claim(it.job.account());
    RunningTask run = it.receive();
    Task task = run.task();
    it.run(run);
    assertThat(it.heard).isEmpty();
    assertThat(it.world.jobs.find(task.account(), task.id())).isEmpty();
    assertThat(it.world.waiting(World.NORMAL)).contains(task.pending());
    it.world.places.giveUp(other.place());
    it.world.clock.advance(Duration.ofSeconds(30));
    it.run(it.receive());
    assertThat(it.heard).containsExactly("started", "Produced");
    assertThat(it.world.places.use(it.job.account())).contains(new RunningPlaces.Use(1, 0));
  }

  @Test
  void a_produced_task_is_recorded_leaves_the_backlog_and_its_message_ends() throws IOException {
    Product product = new Product("mp3-128", "pieces/x", 5, "audio/mpeg", Map.of());
    it.handler =
        (task, context) -> {
          assertThat(it.record(task).state()).isEqualTo(TaskState.RUNNING);
          assertThat(context.publishable()).isTrue();
          assertThat(context.instance()).isEqualTo(OneRunner.ME);
          return new TaskOutcome.Produced(List.of(product));
        };
    Task task = it.run().task();
    assertThat(it.record(task).state()).isEqualTo(TaskState.DONE);
    assertThat(it.record(task).products()).containsExactly(product);
    assertThat(it.record(task).attempts()).hasSize(1);
    assertThat(it.record(task).attempts().getFirst().outcome()).isEqualTo("produced");
    assertThat(it.queueIsEmpty()).isTrue();
    assertThat(it.waits(task)).isFalse();
    assertThat(it.heard).containsExactly("started", "Produced");
  }

  @Test
  void a_retry_waits_longer_each_time_and_at_last_is_dead_with_its_history() throws IOException {
    it.handler = (_, _) -> new TaskOutcome.Retry("no memory", Duration.ZERO, "tail");
    Task task = it.run().task();
    assertThat(it.record(task).state()).isEqualTo(TaskState.WAITING);
    assertThat(it.waits(task)).isTrue();
    for (int failures = 1; failures < OneRunner.SETTINGS.maxFailures(); failures++) {
      assertThat(it.record(task).failures()).isEqualTo(failures);
      it.world.clock.advance(LoopSettings.backoff(failures).minusSeconds(1));
      assertThat(it.world.queues.of(World.NORMAL).receive(1, Duration.ZERO, Duration.ofSeconds(9)))
          .isEmpty();
      it.world.clock.advance(Duration.ofSeconds(1));
      it.run();
    }
    assertThat(it.record(task).state()).isEqualTo(TaskState.DEAD);
    assertThat(it.record(task).attempts())
        .hasSize(4)
        .allMatch(attempt -> attempt.cause().equals("no memory"));
    assertThat(it.queueIsEmpty()).isTrue();
    assertThat(it.world.queues.of(World.NORMAL).deadLetters().list(10))
        .hasSize(1)
        .allMatch(letter -> letter.reason().contains("no memory"));
  }

  @Test
  void a_rejected_task_ends_with_its_reason() throws IOException {
    it.handler = (_, _) -> new TaskOutcome.Rejected("this is a web page");
    Task task = it.run().task();
    assertThat(it.record(task).state()).isEqualTo(TaskState.REJECTED);
    assertThat(it.record(task).attempts().getFirst().cause()).isEqualTo("this is a web page");
    assertThat(it.queueIsEmpty()).isTrue();
  }

  @Test
  void a_postponed_task_comes_again_without_a_failure() throws IOException {
    it.handler =
        (_, _) -> new TaskOutcome.Postponed("its original is unpacked", Duration.ofSeconds(30));
    Task task = it.run().task();
    assertThat(it.record(task).failures()).isZero();
    it.world.clock.advance(Duration.ofSeconds(30));
    it.handler = (_, _) -> new TaskOutcome.Produced(List.of());
    it.run();
    assertThat(it.record(task).state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_task_handed_back_is_free_at_once_and_counts_no_failure() throws IOException {
    RunningTask run = it.receive();
    it.handler =
        (_, _) -> {
          run.stop(RunningTask.Why.HANDED_BACK, "drain");
          throw new InterruptedException();
        };
    it.run(run);
    assertThat(it.record(run.task()).failures()).isZero();
    assertThat(it.waits(run.task())).isTrue();
    it.handler = (_, _) -> new TaskOutcome.Produced(List.of());
    assertThat(it.run().lease().receiveCount()).isEqualTo(2);
    assertThat(it.record(run.task()).attempts())
        .extracting(Attempt::outcome)
        .containsExactly("interrupted", "produced");
  }

  @Test
  void hand_backs_do_not_use_up_the_deliveries() throws IOException {
    it.handler = (_, _) -> new TaskOutcome.Interrupted("drain");
    for (int i = 0; i < 12; i++) {
      assertThat(it.run().lease().receiveCount()).isLessThanOrEqualTo(4);
    }
    assertThat(it.world.queues.of(World.NORMAL).deadLetters().count()).isZero();
  }

  @Test
  void a_cancelled_task_is_never_started() throws IOException {
    it.world.orders().cancel(it.job.account(), it.job.id());
    it.run();
    assertThat(it.heard).isEmpty();
    assertThat(it.queueIsEmpty()).isTrue();
  }

  @Test
  void a_running_task_that_is_cancelled_ends_so() throws IOException {
    RunningTask run = it.receive();
    it.handler =
        (_, _) -> {
          run.stop(RunningTask.Why.CANCELLED, "by its owner");
          throw new IOException("the tool was killed");
        };
    it.run(run);
    assertThat(it.record(run.task()).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(it.queueIsEmpty()).isTrue();
  }

  @Test
  void the_last_finisher_notes_the_end_of_a_job() throws IOException {
    it.run();
    Job two = it.world.submit("demo", "b.wav", Priority.NORMAL, "mp3-128", "mp3-192");
    it.run();
    assertThat(it.world.ended).isEmpty();
    it.run();
    assertThat(it.world.ended).containsExactly(two.id() + " done");
  }

  @Test
  void a_fault_of_the_handler_is_a_failure_that_passes() throws IOException {
    it.handler =
        (_, _) -> {
          throw new IllegalStateException("bug");
        };
    Task task = it.run().task();
    assertThat(it.record(task).state()).isEqualTo(TaskState.WAITING);
    assertThat(it.record(task).attempts().getFirst().cause()).contains("bug");
  }
}
