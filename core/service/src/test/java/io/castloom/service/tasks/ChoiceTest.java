package io.castloom.service.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.fleet.Heartbeat;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.queue.Lease;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.service.jobs.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the messages that came are taken. */
final class ChoiceTest {

  private final World world = new World();
  private final Set<TaskId> cached = new HashSet<>();
  private final List<TaskId> taken = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TaskHandler handler =
      new TaskHandler() {
        @Override
        public TaskOutcome handle(Task task, TaskContext context) {
          return new TaskOutcome.Produced(List.of());
        }

        @Override
        public int choice() {
          return 2;
        }

        @Override
        public boolean hasInputs(Task task) {
          return cached.contains(task.id());
        }
      };
  private final Hands hands = new Hands(1);
  private final Fetcher fetcher =
      new Fetcher(
          new LoopPorts(
              world.jobs,
              world.backlog,
              world.queues,
              world.dispatcher,
              world.endings,
              world.control,
              new MemoryWorkQueue<>("fleet", world.clock),
              world.fleet,
              world.places),
          LoopSettings.of(World.NORMAL.kind(), 1),
          hands,
          Runnable::run,
          new HeldTasks(world.dispatcher, () -> {}, world.clock),
          (_, leases) ->
              leases.forEach(
                  lease -> {
                    taken.add(lease.body().id());
                    complete(lease);
                  }),
          new HandBack(world.queues)::passOn,
          Choice.of(handler, registry));
  private final List<TaskId> sent = new ArrayList<>();

  private static void complete(Lease<Task> lease) {
    try {
      lease.complete();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void five_tasks_wait() throws IOException {
    world.slots = 10;
    hands.mode(Heartbeat.Mode.WORKING);
    for (int i = 0; i < 5; i++) {
      world.submit("demo", i + ".wav", Priority.NORMAL, "mp3-128");
      world.clock.advance(Duration.ofMillis(1));
    }
    world.waiting(World.NORMAL).forEach(task -> sent.add(task.task()));
  }

  @Test
  void a_task_whose_inputs_are_here_goes_first_and_the_others_are_free_at_once()
      throws IOException {
    cached.add(sent.get(2));
    assertThat(fetcher.poll()).isEqualTo(1);
    assertThat(taken).containsExactly(sent.get(2));
    assertThat(world.queues.of(World.NORMAL).counts().visible()).isEqualTo(4);
    assertThat(registry.counter("castloom.tasks.near").count()).isEqualTo(1);
    assertThat(registry.counter("castloom.tasks.passed.on").count()).isEqualTo(2);
  }

  @Test
  void a_task_that_was_passed_on_once_is_not_passed_on_in_favour_of_another() throws IOException {
    cached.addAll(sent.subList(2, 5));
    for (int i = 0; i < 5; i++) {
      fetcher.poll();
    }
    assertThat(taken)
        .startsWith(sent.get(2), sent.get(0))
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void without_inputs_at_hand_the_order_of_the_queue_is_kept() throws IOException {
    fetcher.poll();
    fetcher.poll();
    assertThat(taken).containsExactly(sent.get(0), sent.get(1));
  }

  @Test
  void looks_that_bring_nothing_become_seldom_and_one_that_brings_something_starts_over()
      throws IOException {
    Choice choice = Choice.of(handler, registry);
    List<Lease<Task>> came = receive(3);
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      asked.add(choice.toAskFor(1));
      if (asked.getLast() > 1) {
        choice.among(came, 1);
      }
    }
    assertThat(asked).filteredOn(it -> it == 3).hasSize(5);
    cached.add(sent.get(2));
    while (choice.toAskFor(1) == 1) {
      assertThat(asked).hasSizeLessThan(100);
      asked.add(1);
    }
    assertThat(choice.among(came, 1).taken().getFirst().body().id()).isEqualTo(sent.get(2));
    assertThat(choice.toAskFor(1)).isEqualTo(3);
  }

  @Test
  void being_passed_on_brings_no_task_to_the_dead_letter_queue() throws IOException {
    HandBack back = new HandBack(world.queues);
    for (int i = 0; i < 30; i++) {
      List<Lease<Task>> came = receive(5);
      assertThat(came).hasSize(5).allMatch(lease -> lease.receiveCount() <= 2);
      back.passOn(World.NORMAL, came);
    }
    assertThat(world.queues.of(World.NORMAL).deadLetters().count()).isZero();
  }

  private List<Lease<Task>> receive(int count) throws IOException {
    return world.queues.of(World.NORMAL).receive(count, Duration.ZERO, Duration.ofMinutes(1));
  }
}
